-- The digest covers the row as it would be sent; the word before it, how it would be rendered.
create or replace temp table desired_units as

select
    unit_key,
    $render_version || row_hash as row_hash,
    cast(null as text) as match_ref
from snapshot.row_digests.{model}
