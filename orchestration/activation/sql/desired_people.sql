create or replace temp view desired_people as

select unit_key, unit_key as person_id
from desired_units
