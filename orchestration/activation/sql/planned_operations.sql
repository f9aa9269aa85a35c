create or replace temp table planned_operations as

with

removable_units as (
    select unit_key
    from affected_units
    where situation in ('leaver', 'archived') or op_of_mode = 'remove'
),

-- Who stands behind them or stood there, be it the unit itself, and who they are by now, where
-- they were merged.
people_behind as materialized (
    select unit_key, unit_key as person_id
    from removable_units
    union
    select unit_key, person_id
    from ledger.activation.unit_person
    where sync = $sync and unit_key in (select unit_key from removable_units)
    union
    select unit_key, person_id
    from desired_people
    where unit_key in (select unit_key from removable_units)
),

people_by_now as materialized (
    select * from people_behind
    union
    select people_behind.unit_key, redirects.person_id
    from people_behind
    inner join published.marts.person_redirects as redirects
        on people_behind.person_id = redirects.former_person_id
),

-- The latest word about the purpose on the channel, or on any; at one instant the refusal counts.
decisions as (
    select
        person_id,
        coalesce(
            max(decided_at) filter (where is_granted)
            > coalesce(max(decided_at) filter (where not is_granted), timestamp '-infinity'),
            false
        ) as is_granted
    from published.marts.consents
    where
        purpose = $purpose
        and $channel in ('any', channel)
        and person_id in (select person_id from people_by_now)
    group by person_id
),

-- A refusal of messages on the channel, and erasure, are withdrawals too. Where no decision is
-- left at all, the consents are gone and not withdrawn: then the guards decide.
withdrawals as (
    select person_id from decisions where not is_granted
    union
    select person_id from published.marts.suppressions where channel = $channel
    union
    select person_id from published.marts.identity_changes where change = 'erased'
),

-- A unit that leaves is withdrawn where anybody who stood behind it has withdrawn.
withdrawn_units as (
    select distinct unit_key
    from people_by_now
    where person_id in (select person_id from withdrawals)
),

-- What a mode does once per row: an attempt without answer counts as sent, and not as removed.
done_before as (
    select distinct unit_key, op in ('remove', 'archive') as is_removal, row_hash
    from ledger.activation.unit_delivery
    where
        $is_once
        and sync = $sync
        and (
            outcome in ('acked', 'acked_unverified')
            or (op not in ('remove', 'archive') and outcome in ('unknown', 'accepted'))
        )
),

refusals as (
    select
        unit_key,
        op in ('remove', 'archive') as is_removal,
        row_hash,
        count(distinct run_no) as refusal_count,
        bool_or(outcome = 'rejected') as is_rejected,
        max(occurred_at) as refused_at
    from ledger.activation.unit_delivery
    where sync = $sync and outcome in ('rejected', 'skipped_absent')
    group by 1, 2, 3
),

-- Whoever is not wanted and withdrew is removed, whatever the mode does with those who leave. What
-- is said again once an unanswered addition can land no more was let through when it was said first.
operations as (
    select
        affected_units.* exclude (op_of_mode),
        case when withdrawn_units.unit_key is not null then 'remove' else op_of_mode end as op,
        op in ('remove', 'archive') as is_removal,
        is_removal and doubted_until is not null as is_said_again,
        withdrawn_units.unit_key is not null or is_said_again as is_unguarded
    from affected_units
    left join withdrawn_units on affected_units.unit_key = withdrawn_units.unit_key
)

select
    operations.unit_key,
    operations.op,
    operations.row_hash,
    coalesce(current_references.reference, operations.match_ref) as match_ref,
    operations.is_removal,
    operations.is_unguarded,
    refusals.is_rejected,
    not (operations.is_said_again and operations.doubted_until > $now)
    and (
        refusals.unit_key is null
        or $resends_all
        or refusals.refused_at
        + case refusals.refusal_count
            when 1 then interval 1 hour
            when 2 then interval 6 hours
            when 3 then interval 1 day
            else interval 7 days
        end <= $now
    ) as is_due
from operations
left join current_references
    on operations.unit_key = current_references.unit_key
    and operations.situation <> 'newcomer'
left join done_before
    on operations.unit_key = done_before.unit_key
    and operations.is_removal = done_before.is_removal
    and operations.row_hash = done_before.row_hash
    and not (operations.is_removal and $resends_all)
    and not operations.is_said_again
left join refusals
    on operations.unit_key = refusals.unit_key
    and operations.is_removal = refusals.is_removal
    and operations.row_hash is not distinct from refusals.row_hash
where
    operations.op is not null
    and not (operations.is_once and done_before.unit_key is not null)
