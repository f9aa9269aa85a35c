-- How many of all pairs of records are expected to match, if the odds are $random_odds.
select sum(1 - 1 / (1 + $random_odds * pairs.bayes_factor)) / any_value(possible.pair_count)
from pairs
cross join (
    select count(*) * (count(*) - 1) / 2 as pair_count
    from records
) as possible
