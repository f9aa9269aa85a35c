-- Whose removal is to be said again.
select unit_key
from held_units
where doubted_until is not null
limit 1
