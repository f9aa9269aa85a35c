-- The weaker of two answers: rather one person than two strangers, and than two of one household?
select
    lower_node,
    upper_node,
    least(
        1 - 1 / (1 + $random_odds * bayes_factor),
        1 - 1 / (1 + $household_odds * own_factor)
    ) as match_probability,
    match_account
from pairs
where match_probability >= $at_least and agreeing_kinds >= 2
order by lower_node, upper_node
