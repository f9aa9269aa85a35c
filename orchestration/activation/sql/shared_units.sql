-- Units that are not alone with what the destination calls them: two people with one address are
-- one record there, which must not leave, or lose its list, as long as one of them stays.
create or replace temp table shared_units as

select distinct planned_operations.unit_key
from planned_operations
inner join staying_units
    on planned_operations.match_ref = staying_units.reference
    and planned_operations.unit_key <> staying_units.unit_key
