with

deliveries as (

    select * from {{ ref('stg_ledger__deliveries') }}

),

runs as (

    select * from {{ ref('stg_ledger__runs') }}

),

outcomes as (

    select
        deliveries.sync,
        runs.run_id,
        deliveries.batch_id,
        deliveries.unit_key,
        deliveries.op,
        deliveries.planned_op,
        deliveries.outcome,
        deliveries.error_code,

        deliveries.batch_number,
        deliveries.ordinal,
        deliveries.attempt,

        deliveries.occurred_at

    from deliveries

    inner join runs
        on deliveries.sync = runs.sync
        and deliveries.run_number = runs.run_number

)

select * from outcomes
