with

run_event as (

    select * from {{ source('ledger', 'run_event') }}

),

ranked_events as (

    select
        sync,
        run_id,
        status,

        run_no as run_number,
        row_number() over (
            partition by sync
            order by run_no desc nulls last, seq desc nulls last
        ) as recency_rank

    from run_event

),

newest_runs as (

    select
        sync,
        run_id,
        status,

        run_number

    from ranked_events

    where recency_rank = 1

)

select * from newest_runs
