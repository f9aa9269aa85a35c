with

outbox as (

    select * from {{ source('ledger', 'outbox') }}

),

operations as (

    select
        sync,
        unit_key,
        op as planned_op,

        run_no as run_number,
        batch_no as batch_number,
        ordinal

    from outbox

)

select * from operations
