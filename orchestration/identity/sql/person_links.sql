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
    links.seen_at,
    links.unused_reason,
    likely.match_account
from marts.identity_links as links
inner join marts.person_records as records
    on links.left_key = records.record_key
left join marts.identity_likely_pairs as likely
    on
        links.left_key = likely.left_key
        and links.right_key = likely.right_key
        and links.rule = 'similar_details'
where
    links.is_used
    and records.person_id = $person_id
order by links.link_id
