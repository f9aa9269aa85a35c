-- People without a single match key that the destination could use.
select count(distinct cast(person_id as text)) as people
from snapshot.activation.{model}
where cast(person_id as text) not in (select person_id from desired_people)
