-- A view, since a million units need not be copied to be compared.
create or replace temp view held_units as

select key as unit_key, row_hash, delivered_at, doubted_until
from ({delivered_state}) as delivered_state
where sync = getvariable('sync')
