create or replace temp table held_units as

select key as unit_key, row_hash, delivered_at
from ({delivered_state}) as delivered_state
where sync = $sync
