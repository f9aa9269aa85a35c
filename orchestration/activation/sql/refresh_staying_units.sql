-- A record that one of two people leaves may still say what that one was called: it is told anew
-- what is known of the other, who stays.
insert into planned_operations by name

select distinct
    staying_units.unit_key,
    'update' as op,
    desired_units.row_hash,
    staying_units.reference as match_ref,
    false as is_removal,
    false as is_unguarded,
    false as is_rejected,
    true as is_due
from planned_operations
inner join staying_units
    on planned_operations.match_ref = staying_units.reference
    and planned_operations.unit_key <> staying_units.unit_key
inner join desired_units on staying_units.unit_key = desired_units.unit_key
where
    planned_operations.is_removal
    and planned_operations.is_due
    and staying_units.unit_key not in (select unit_key from planned_operations)
    and exists (select 1 from mode_actions where situation = 'changed' and op = 'update')
