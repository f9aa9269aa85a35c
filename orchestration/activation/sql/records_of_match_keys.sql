-- A match key is all that is sent, so the plan itself holds it, under the digest of itself. A removal
-- that is said again stands beside the one that the destination works on: one record is for both.
select distinct
    unit_key,
    substr(row_hash, 1 + length($row_version)) as row_hash,
    cast(json_object('match_key', match_ref) as text) as record
from rows_of_parts
