create or replace temp table planned_operations as

with

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
    where purpose = $purpose and $channel in ('any', channel)
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
    from ledger.activation.unit_person
    where sync = $sync and person_id in (select person_id from withdrawals)
),

refusals as (
    select
        unit_key,
        op = 'remove' as is_removal,
        row_hash,
        count(distinct run_no) as refusal_count,
        max(occurred_at) as refused_at
    from ledger.activation.delivery
    where sync = $sync and outcome = 'rejected'
    group by 1, 2, 3
),

differences as (
    select
        coalesce(desired_units.unit_key, held_units.unit_key) as unit_key,
        case
            when desired_units.unit_key is null then 'remove'
            when held_units.unit_key is null then 'add'
            else 'update'
        end as op,
        desired_units.row_hash,
        held_units.row_hash as prev_hash,
        coalesce(held_units.reference, desired_units.match_ref) as match_ref
    from desired_units
    full join held_units on desired_units.unit_key = held_units.unit_key
    where
        desired_units.unit_key is null
        or held_units.unit_key is null
        or desired_units.row_hash is distinct from held_units.row_hash
)

select
    differences.unit_key,
    differences.op,
    differences.row_hash,
    differences.prev_hash,
    differences.match_ref,
    differences.op = 'remove' and withdrawn_units.unit_key is not null as is_withdrawn,
    refusals.unit_key is null
        or refusals.refused_at
        + case refusals.refusal_count
            when 1 then interval 1 hour
            when 2 then interval 6 hours
            when 3 then interval 1 day
            else interval 7 days
        end <= $now as is_due
from differences
left join withdrawn_units on differences.unit_key = withdrawn_units.unit_key
left join refusals
    on differences.unit_key = refusals.unit_key
    and (differences.op = 'remove') = refusals.is_removal
    and differences.row_hash is not distinct from refusals.row_hash
