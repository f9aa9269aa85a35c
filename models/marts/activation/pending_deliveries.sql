with

pending_operations as (

    select * from {{ ref('int_activation__pending_operations') }}

),

pending_deliveries as (

    select
        sync,
        run_id,
        run_status,
        unit_key as key,
        planned_op,

        batch_number,
        ordinal

    from pending_operations

)

select * from pending_deliveries
