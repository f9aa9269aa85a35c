{# One query for what an audience must hold; three tests per audience would cost more than it. #}
{% test one_row_per_person(model) %}

select listed.person_id

from {{ model }} as listed

left join {{ ref('people') }} as people
    on listed.person_id = people.person_id

group by 1

having count(*) > 1 or count(people.person_id) = 0

{% endtest %}
