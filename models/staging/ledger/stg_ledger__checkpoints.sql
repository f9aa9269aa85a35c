with

checkpoint as (

    select * from {{ source('ledger', 'checkpoint') }}

),

checkpoints as (

    select
        sync,
        unit_key,
        row_hash,

        run_no as run_number,

        delivered_at

    from checkpoint

)

select * from checkpoints
