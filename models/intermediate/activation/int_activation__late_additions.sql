with

late_attempts as (

    select * from {{ ref('stg_ledger__late_attempts') }}

),

deliveries as (

    select * from {{ ref('stg_ledger__deliveries') }}

),

{# Checkpoints do not matter: they say who is held, not what may still come. #}
late_additions as (

    select
        deliveries.sync,
        deliveries.unit_key,

        max(late_attempts.lands_by) as lands_by

    from late_attempts

    inner join deliveries
        on late_attempts.sync = deliveries.sync
        and late_attempts.run_number = deliveries.run_number
        and late_attempts.batch_number = deliveries.batch_number
        and late_attempts.attempt = deliveries.attempt

    where
        deliveries.op = 'upsert'
        and deliveries.outcome = 'unknown'

    group by 1, 2

)

select * from late_additions
