{% macro country_code(expression) -%}
    {%- set name = "lower(trim(" ~ expression ~ "))" -%}
    case
        {%- for country, names in country_names().items() %}
        when {{ name }} in ('{{ names | join("', '") }}') then '{{ country }}'
        {%- endfor %}
        when {{ regexp_matches(name, '^[a-z]{2}$') }} then upper(trim({{ expression }}))
    end
{%- endmacro %}
