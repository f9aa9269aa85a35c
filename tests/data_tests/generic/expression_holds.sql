{# An expression that is NULL fails: what cannot be told does not hold. #}
{% test expression_holds(model, expression, column_name=none) %}

select *

from {{ model }}

where not coalesce({{ column_name or '' }} {{ expression }}, false)

{% endtest %}
