select row_digests.unit_key, row_digests.row_hash, cast(to_json(sync_model) as text) as record
from snapshot.row_digests.{model} as row_digests
inner join snapshot.activation.{model} as sync_model
    on row_digests.unit_key = cast(sync_model.person_id as text)
where row_digests.unit_key in (select unit_key from rows_of_parts)
