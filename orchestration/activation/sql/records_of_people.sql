select cast(sync_model.person_id as text) as unit_key, cast(to_json(sync_model) as text) as record
from snapshot.activation.{model} as sync_model
where cast(sync_model.person_id as text) in (select unit_key from rows_of_part)
