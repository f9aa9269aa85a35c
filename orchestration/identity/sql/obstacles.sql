-- What ties records of the two sides and was not used, with the reason; then values that both
-- carry and that link nobody.
select distinct
    links.rule,
    links.identifier_id,
    links.unused_reason,
    decisions.decided_by,
    decisions.decided_at,
    decisions.reason
from marts.identity_links as links
left join marts.identity_decisions as decisions
    on
        links.left_key = decisions.left_key
        and links.right_key = decisions.right_key
        and links.rule = 'steward'
where
    not links.is_used
    and (
        (links.left_key in (select unnest($left)) and links.right_key in (select unnest($right)))
        or (links.left_key in (select unnest($right)) and links.right_key in (select unnest($left)))
    )

union

select distinct
    one.rule,
    one.identifier_id,
    one.unused_reason,
    null as decided_by,
    null as decided_at,
    null as reason
from marts.identity_links as one
inner join marts.identity_links as other
    on one.right_key = other.right_key and not other.is_used
where
    not one.is_used
    and one.right_key = one.identifier_id
    and one.left_key in (select unnest($left))
    and other.left_key in (select unnest($right))
order by 3, 2, 1, 5, 4
