with

run_event as (

    select * from {{ source('ledger', 'run_event') }}

),

{# The first event of a run names it; the later ones tell how it went on. #}
runs as (

    select
        sync,
        run_id,

        run_no as run_number,

        occurred_at as started_at

    from run_event

    where seq = 1

)

select * from runs
