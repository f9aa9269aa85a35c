-- The units that differ, with their rows.
create or replace temp table affected_units as

select
    differing_units.unit_key,
    differing_units.situation,
    desired_units.row_hash,
    coalesce(desired_units.match_ref, archived_units.reference) as match_ref,
    differing_units.op_of_mode,
    differing_units.is_once
from differing_units
left join desired_units on differing_units.unit_key = desired_units.unit_key
left join archived_units
    on differing_units.unit_key = archived_units.unit_key
    and differing_units.situation = 'archived'
