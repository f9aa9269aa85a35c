-- The latest decision on each pair of records, unless it undoes the one before.
select
    decision_id,
    decision,
    left_key,
    right_key
from (
    select
        *,
        row_number() over (partition by left_key, right_key order by decision_number desc) as rank
    from raw_onefold.identity_decisions
)
where rank = 1 and decision <> 'undone'
order by decision_number
