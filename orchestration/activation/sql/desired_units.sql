-- The digest covers the row as it would be sent; the word before it, how it would be rendered. A
-- view, since a million rows need not be copied to be compared.
create or replace temp view desired_units as

select
    unit_key,
    getvariable('row_version') || row_hash as row_hash,
    cast(null as text) as match_ref
from snapshot.row_digests.{model}
