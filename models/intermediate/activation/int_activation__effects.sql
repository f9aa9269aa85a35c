with

deliveries as (

    select * from {{ ref('stg_ledger__deliveries') }}

),

latest_checkpoints as (

    select * from {{ ref('int_activation__latest_checkpoints') }}

),

{# Rows that a destination took in to work on, and found to be unfit. #}
refused_attempts as (

    select
        sync,
        run_number,
        batch_number,
        ordinal,
        attempt

    from deliveries

    where outcome in ('rejected', 'skipped_absent')

),

{# A refusal after an unanswered attempt does not undo what that attempt may have done, so that
   refusals are no effects. #}
effects as (

    select
        deliveries.sync,
        deliveries.unit_key,
        deliveries.op,
        deliveries.row_hash,
        deliveries.outcome,

        deliveries.run_number,
        deliveries.batch_number,
        deliveries.ordinal,
        deliveries.attempt,

        deliveries.outcome in ('acked', 'acked_unverified') as is_certain,

        deliveries.occurred_at as delivered_at

    from deliveries

    left outer join latest_checkpoints on deliveries.sync = latest_checkpoints.sync

    left outer join refused_attempts
        on deliveries.sync = refused_attempts.sync
        and deliveries.run_number = refused_attempts.run_number
        and deliveries.batch_number = refused_attempts.batch_number
        and deliveries.ordinal = refused_attempts.ordinal
        and deliveries.attempt = refused_attempts.attempt

    where
        deliveries.outcome in ('acked', 'acked_unverified', 'accepted', 'unknown')
        and deliveries.run_number > coalesce(latest_checkpoints.run_number, 0)
        and (deliveries.outcome <> 'accepted' or refused_attempts.attempt is null)

)

select * from effects
