select
    identity_links.left_key,
    identity_links.right_key,
    identity_links.rule,
    identity_links.identifier_id

from marts.identity_links

inner join marts.person_records
    on identity_links.left_key = person_records.record_key

where person_records.person_id = $person_id and identity_links.is_used

order by
    identity_links.left_key,
    identity_links.right_key,
    identity_links.rule
