{# A row for each audience in use, also for one without anybody, in the order of their priority. #}
{% macro declared_audiences() -%}
    {%- for audience in audiences() %}
        {%- set priority_group = "'" ~ audience.priority_group ~ "'"
            if audience.priority_group else 'null' %}
    select
        '{{ audience.name }}' as audience,
        '{{ audience.title | replace("'", "''") }}' as title,
        '{{ audience.purpose }}' as purpose,
        '{{ audience.channel }}' as channel,
        cast({{ priority_group }} as {{ dbt.type_string() }}) as priority_group,
        '{{ audience.holdout_limit }}' as holdout_limit,
        {{ loop.index }} as priority

    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
