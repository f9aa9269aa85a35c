-- Operations that name what a unit that stays may be called as well.
select unit_key
from planned_operations
where match_ref is not null and (is_removal or op = 'update')
limit 1
