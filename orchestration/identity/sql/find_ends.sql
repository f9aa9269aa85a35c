-- The records that a reference means: a person's, an identifier's holders, or the record itself.
select
    records.record_key,
    records.source_name,
    records.record_type,
    records.record_id,
    records.person_id
from marts.person_records as records
where
    ($kind = 'person' and records.person_id = coalesce(
        (
            select redirects.person_id
            from marts.person_redirects as redirects
            where redirects.former_person_id = $value
        ),
        $value
    ))
    or ($kind = 'identifier' and records.record_key in (
        select sightings.record_key
        from marts.identifier_sightings as sightings
        where
            sightings.identifier_type = $type
            and list_contains($published_values, sightings.identifier_value)
        union
        -- What nobody could read is no identifier, and is seen only where two have it.
        select links.left_key
        from marts.identity_links as links
        where
            $kind = 'identifier'
            and links.right_key = links.identifier_id
            and list_contains($published_ids, links.right_key)
    ))
    or ($kind = 'record' and (
        records.record_key = $type || ':' || $value
        or (records.source_name = $type and records.record_id = $value)
    ))
order by records.record_key
