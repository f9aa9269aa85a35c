select cast(sync_model.person_id as text) as person_id, '{kind}' as kind, {value} as value
from snapshot.activation.{model} as sync_model
