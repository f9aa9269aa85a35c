-- A match key is all that is sent, so the plan itself holds it, under the digest of itself.
select
    unit_key,
    substr(row_hash, 1 + length($row_version)) as row_hash,
    cast(json_object('match_key', match_ref) as text) as record
from rows_of_parts
