create or replace table row_digests.{model} as

select
    cast(person_id as text) as unit_key,
    keyed_digest($inner_pad, $outer_pad, cast(to_json(sync_model) as text)) as row_hash
from activation.{model} as sync_model
