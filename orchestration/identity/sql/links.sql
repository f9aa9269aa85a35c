-- Evidence that touches the records of some people, or some records, in a fixed order, so that
-- explanations repeat. What holds a person together is the evidence that is used.
with

records as (

    select record_key
    from marts.person_records
    where
        person_id in (select unnest($person_ids))
        or record_key in (select unnest($record_keys))

)

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
    likely.match_account,
    decisions.decided_by,
    decisions.decided_at,
    decisions.reason
from marts.identity_links as links
left join marts.identity_likely_pairs as likely
    on
        links.left_key = likely.left_key
        and links.right_key = likely.right_key
        and links.rule = 'similar_details'
left join marts.identity_decisions as decisions
    on
        links.left_key = decisions.left_key
        and links.right_key = decisions.right_key
        and links.rule = 'steward'
where
    (links.is_used or not $only_used)
    and (
        links.left_key in (select record_key from records)
        or links.right_key in (select record_key from records)
    )
order by links.link_id
