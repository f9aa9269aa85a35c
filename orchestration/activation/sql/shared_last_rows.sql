-- Units that are taken out under two names, of which the one in their last row is somebody else's who
-- is wanted: they shared a record, or changed to an address that another person has.
select open_rows.unit_key
from open_rows
inner join (
    select
        cast(sync_model.person_id as text) as unit_key,
        json_extract_string(to_json(sync_model), '$.email') as email
    from snapshot.activation.{model} as sync_model
) as wanted
    on json_extract_string(open_rows.record, '$.email') = wanted.email
    and open_rows.unit_key <> wanted.unit_key
where open_rows.op in ('remove', 'archive') and open_rows.match_ref is not null
