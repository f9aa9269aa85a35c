with

deliveries as (

    select * from {{ ref('stg_ledger__deliveries') }}

),

latest_checkpoints as (

    select * from {{ ref('int_activation__latest_checkpoints') }}

),

{# What a destination took in to work on, and then found to be unfit, is refused. #}
recent_deliveries as (

    select
        deliveries.*,

        max(
            case when deliveries.outcome in ('rejected', 'skipped_absent') then 1 else 0 end
        ) over (
            partition by
                deliveries.sync,
                deliveries.run_number,
                deliveries.batch_number,
                deliveries.ordinal,
                deliveries.attempt
        ) = 1 as is_refused

    from deliveries

    left outer join latest_checkpoints on deliveries.sync = latest_checkpoints.sync

    where deliveries.run_number > coalesce(latest_checkpoints.run_number, 0)

),

{# A refusal after an unanswered attempt does not undo what that attempt may have done, so that
   refusals are no effects. #}
effects as (

    select
        sync,
        unit_key,
        op,
        row_hash,
        outcome,

        run_number,
        batch_number,
        ordinal,
        attempt,

        outcome in ('acked', 'acked_unverified') as is_certain,

        occurred_at as delivered_at

    from recent_deliveries

    where
        outcome in ('acked', 'acked_unverified', 'unknown')
        or (outcome = 'accepted' and not is_refused)

)

select * from effects
