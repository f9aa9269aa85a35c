-- Whoever leaves was noted when the unit came; where the unit is the person, nobody need be noted.
insert into ledger.activation.unit_person

select $sync, $run_no, planned_operations.unit_key, desired_people.person_id
from planned_operations
inner join desired_people on planned_operations.unit_key = desired_people.unit_key
where
    planned_operations.is_due
    and not planned_operations.is_removal
    and not $only_withdrawn
    and desired_people.person_id <> desired_people.unit_key
