with

unit_delivery as (

    select * from {{ source('ledger', 'unit_delivery') }}

),

deliveries as (

    select
        sync,
        idem_key as batch_id,
        unit_key,
        op as planned_op,
        case when op in ('remove', 'archive') then 'remove' else 'upsert' end as op,
        row_hash,
        outcome,
        error_code,

        run_no as run_number,
        batch_no as batch_number,
        ordinal,
        attempt,

        occurred_at

    from unit_delivery

)

select * from deliveries
