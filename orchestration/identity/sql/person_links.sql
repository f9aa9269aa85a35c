-- The evidence that holds people together, in a fixed order, so that explanations repeat.
select
    links.link_id,
    links.left_key,
    links.right_key,
    links.rule,
    links.identifier_id,
    links.source_name,
    links.record_type,
    links.record_id,
    links.seen_at
from marts.identity_links as links
inner join marts.person_records as records
    on links.left_key = records.record_key
where
    links.is_used
    and records.person_id = $person_id
order by links.link_id
