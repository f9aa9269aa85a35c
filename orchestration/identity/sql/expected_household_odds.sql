-- How many of the pairs that are no strangers are one person, if the odds are $household_odds.
select avg(1 - 1 / (1 + $household_odds * own_factor))
from pairs
where 1 - 1 / (1 + $random_odds * bayes_factor) >= 0.5
