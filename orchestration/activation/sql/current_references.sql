-- What the destination calls units that differ: the newest word of it, or of the plan, on each.
create or replace temp table current_references as

select unit_key, arg_max(reference, place) as reference
from called_units
where unit_key in (select unit_key from affected_units)
group by 1
