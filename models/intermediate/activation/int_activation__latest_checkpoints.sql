with

checkpoints as (

    select * from {{ ref('stg_ledger__checkpoints') }}

),

latest_checkpoints as (

    select
        sync,

        max(run_number) as run_number

    from checkpoints

    group by 1

)

select * from latest_checkpoints
