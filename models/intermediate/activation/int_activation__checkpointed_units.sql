with

checkpoints as (

    select * from {{ ref('stg_ledger__checkpoints') }}

),

latest_checkpoints as (

    select * from {{ ref('int_activation__latest_checkpoints') }}

),

checkpointed_units as (

    select
        checkpoints.sync,
        checkpoints.unit_key,
        checkpoints.row_hash,

        checkpoints.run_number,

        checkpoints.row_hash is not null as is_certain,

        checkpoints.delivered_at

    from checkpoints

    inner join latest_checkpoints
        on checkpoints.sync = latest_checkpoints.sync
        and checkpoints.run_number = latest_checkpoints.run_number

)

select * from checkpointed_units
