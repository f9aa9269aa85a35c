-- Numbers are told apart in half the time that keys take; two keys with one number would stop
-- the run once in a million years of plans for a million people.
select count(*) as row_count, count(unit_key) as key_count, count(distinct hash(unit_key)) as units
from desired_units
