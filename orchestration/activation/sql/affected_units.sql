-- The units that differ, with their rows.
create or replace temp table affected_units as

with

desired_rows as (
    select unit_key, row_hash, match_ref
    from desired_units
    where unit_key in (select unit_key from differing_units)
)

select
    differing_units.unit_key,
    differing_units.situation,
    desired_rows.row_hash,
    coalesce(desired_rows.match_ref, archived_units.reference) as match_ref,
    differing_units.op_of_mode,
    differing_units.is_once,
    differing_units.doubted_until
from differing_units
left join desired_rows on differing_units.unit_key = desired_rows.unit_key
left join archived_units
    on differing_units.unit_key = archived_units.unit_key
    and differing_units.situation = 'archived'
