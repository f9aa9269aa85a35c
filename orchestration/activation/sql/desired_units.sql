-- The digest covers the row as it would be sent, and how it would be rendered.
create or replace temp table desired_units as

select
    cast(person_id as text) as unit_key,
    keyed_digest(
        $inner_pad, $outer_pad, $render_version || cast(to_json(sync_model) as text)
    ) as row_hash,
    cast(null as text) as match_ref
from snapshot.activation.{model} as sync_model
