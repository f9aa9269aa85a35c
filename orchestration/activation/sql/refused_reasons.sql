-- Units that stand refused, by the code that the destination gave: last tried in vain, and wanted by
-- the snapshot still. Whoever left unheld is told nothing of any more, so that no answer follows.
with

last_outcomes as (
    select
        unit_key,
        arg_max(
            struct_pack(outcome := outcome, op := op, error_code := error_code),
            struct_pack(
                run_no := run_no, batch_no := batch_no, ordinal := ordinal, attempt := attempt
            )
        ) as last_outcome
    from ledger.activation.unit_delivery
    where
        sync = $sync
        and unit_key in (
            select unit_key
            from ledger.activation.unit_delivery
            where sync = $sync and outcome = 'rejected'
        )
    group by 1
),

refused_units as (
    select
        unit_key,
        last_outcome.op in ('remove', 'archive') as is_removal,
        coalesce(last_outcome.error_code, 'refused') as error_code
    from last_outcomes
    where last_outcome.outcome = 'rejected'
),

-- Behind a match key stand people; everybody else is the unit.
people_behind as (
    select unit_key, unit_key as person_id
    from refused_units
    union
    select unit_key, person_id
    from ledger.activation.unit_person
    where sync = $sync and unit_key in (select unit_key from refused_units)
),

wanted_units as (
    select unit_key
    from people_behind
    where person_id in (
        select cast(person_id as text) from snapshot.activation.{model}
    )
)

-- A refused removal stands whether its unit is wanted or not: it is held.
select error_code, count(*) as unit_count
from refused_units
where is_removal or unit_key in (select unit_key from wanted_units)
group by 1
order by 2 desc, 1
