-- Whoever is wanted and no newcomer is held, and so is whoever leaves: nobody has to be counted.
with

held_units as (
    select
        $desired
        - count(*) filter (where situation = 'newcomer')
        + count(*) filter (where situation = 'leaver') as unit_count
    from affected_units
)

select
    count(*) filter (where is_due and op = 'add') as added,
    count(*) filter (where is_due and op = 'update') as updated,
    count(*) filter (where is_due and is_removal and not is_unguarded) as removed,
    count(*) filter (where is_due and is_unguarded) as withdrawn,
    count(*) filter (where not is_due and is_rejected) as quarantined,
    (select unit_count from held_units) as held,
    $desired as desired
from planned_operations
