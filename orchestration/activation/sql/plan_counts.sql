select
    count(*) filter (where is_due and op = 'add') as added,
    count(*) filter (where is_due and op = 'update') as updated,
    count(*) filter (where is_due and is_removal and not is_withdrawn) as removed,
    count(*) filter (where is_due and is_withdrawn) as withdrawn,
    count(*) filter (where not is_due and is_rejected) as quarantined,
    (select count(*) from held_units) as held,
    (select count(*) from desired_units) as desired
from planned_operations
