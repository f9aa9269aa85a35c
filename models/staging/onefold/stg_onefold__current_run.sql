with

runs as (

    select * from {{ source('onefold', 'runs') }}

),

ranked_runs as (

    select
        run_id,

        onefold_version,

        run_number,
        row_number() over (
            order by run_number desc nulls last, run_id desc nulls last
        ) as recency_rank,

        started_at,
        run_at

    from runs

),

current_run as (

    select
        run_id,

        onefold_version,

        run_number,

        started_at,
        run_at

    from ranked_runs

    where recency_rank = 1

)

select * from current_run
