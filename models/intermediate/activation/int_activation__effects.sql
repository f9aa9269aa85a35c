with

deliveries as (

    select * from {{ ref('stg_ledger__deliveries') }}

),

latest_checkpoints as (

    select * from {{ ref('int_activation__latest_checkpoints') }}

),

{# A refusal after an unanswered attempt does not undo what that attempt may have done, so the
   surest attempt of an operation counts, not the last one. #}
effects as (

    select
        deliveries.sync,
        deliveries.unit_key,
        deliveries.op,
        deliveries.row_hash,

        deliveries.run_number,
        deliveries.batch_number,
        deliveries.ordinal,

        max(
            case when deliveries.outcome in ('acked', 'acked_unverified') then 1 else 0 end
        ) = 1 as is_certain,

        max(deliveries.occurred_at) as delivered_at

    from deliveries

    left outer join latest_checkpoints on deliveries.sync = latest_checkpoints.sync

    where
        deliveries.outcome in ('acked', 'acked_unverified', 'accepted', 'unknown')
        and deliveries.run_number > coalesce(latest_checkpoints.run_number, 0)

    group by 1, 2, 3, 4, 5, 6, 7

)

select * from effects
