with

deliveries as (

    select * from {{ ref('stg_ledger__deliveries') }}

),

latest_checkpoints as (

    select * from {{ ref('int_activation__latest_checkpoints') }}

),

late_additions as (

    select * from {{ ref('int_activation__late_additions') }}

),

{# What a destination took in to work on, and then found to be unfit, is refused. #}
recent_deliveries as (

    select
        deliveries.*,

        max(
            case when deliveries.outcome in ('rejected', 'skipped_absent') then 1 else 0 end
        ) over attempts = 1 as is_refused,

        min(deliveries.occurred_at) over attempts as asked_at

    from deliveries

    left outer join latest_checkpoints on deliveries.sync = latest_checkpoints.sync

    where deliveries.run_number > coalesce(latest_checkpoints.run_number, 0)

    window attempts as (
        partition by
            deliveries.sync,
            deliveries.run_number,
            deliveries.batch_number,
            deliveries.ordinal,
            deliveries.attempt
    )

),

{# A refusal after an unanswered attempt does not undo what that attempt may have done, so that
   refusals are no effects. #}
known_effects as (

    select
        *,

        outcome in ('acked', 'acked_unverified') as is_acknowledged

    from recent_deliveries

    where
        outcome in ('acked', 'acked_unverified', 'unknown')
        or (outcome = 'accepted' and not is_refused)

),

{# A removal that was done while an unanswered addition could still land may have come before it. #}
doubted_effects as (

    select
        known_effects.*,

        case
            when
                known_effects.op = 'remove'
                and known_effects.is_acknowledged
                and known_effects.asked_at < late_additions.lands_by
                then late_additions.lands_by
        end as doubted_until

    from known_effects

    left outer join late_additions
        on known_effects.sync = late_additions.sync
        and known_effects.unit_key = late_additions.unit_key

),

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

        is_acknowledged and doubted_until is null as is_certain,

        occurred_at as delivered_at,
        doubted_until

    from doubted_effects

)

select * from effects
