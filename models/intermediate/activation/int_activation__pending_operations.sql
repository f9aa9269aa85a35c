with

operations as (

    select * from {{ ref('stg_ledger__operations') }}

),

newest_runs as (

    select * from {{ ref('stg_ledger__newest_runs') }}

),

deliveries as (

    select * from {{ ref('stg_ledger__deliveries') }}

),

settled_operations as (

    select distinct
        sync,

        run_number,
        batch_number,
        ordinal

    from deliveries

    where outcome not in ('unknown', 'accepted')

),

{# Of a run that a later one followed, or that was given up, nothing is sent any more. #}
pending_operations as (

    select
        operations.sync,
        newest_runs.run_id,
        newest_runs.status as run_status,
        operations.unit_key,
        operations.planned_op,

        operations.batch_number,
        operations.ordinal

    from operations

    inner join newest_runs
        on operations.sync = newest_runs.sync
        and operations.run_number = newest_runs.run_number

    left outer join settled_operations
        on operations.sync = settled_operations.sync
        and operations.run_number = settled_operations.run_number
        and operations.batch_number = settled_operations.batch_number
        and operations.ordinal = settled_operations.ordinal

    where
        newest_runs.status in ('planned', 'open', 'failed', 'blocked', 'approved')
        and settled_operations.ordinal is null

)

select * from pending_operations
