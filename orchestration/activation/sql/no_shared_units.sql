create or replace temp table shared_units (unit_key text)
