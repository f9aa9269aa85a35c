with

outcomes as (

    select * from {{ ref('int_activation__outcomes') }}

),

deliveries as (

    select
        sync,
        run_id,
        batch_id,
        op,
        unit_key as key,
        outcome,
        error_code,
        planned_op,

        batch_number,
        ordinal,
        attempt,

        occurred_at

    from outcomes

)

select * from deliveries
