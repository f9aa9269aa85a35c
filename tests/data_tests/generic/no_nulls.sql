{# One query for all columns of a model: a test per column costs more than the build itself. #}
{% test no_nulls(model, columns) %}

select
    {{ columns | join(', ') }}

from {{ model }}

where {{ columns | join(' is null or ') }} is null

{% endtest %}
