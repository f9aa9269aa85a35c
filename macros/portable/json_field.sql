{% macro json_field(expression, field) -%}
    {{ return(adapter.dispatch('json_field', 'onefold')(expression, field)) }}
{%- endmacro %}

{% macro default__json_field(expression, field) -%}
    cast({{ expression }} as jsonb) ->> '{{ field }}'
{%- endmacro %}

{# Broken JSON is an error of the whole query here. #}
{% macro duckdb__json_field(expression, field) -%}
    case
        when json_valid({{ expression }})
            then json_extract_string({{ expression }}, '$.{{ field }}')
    end
{%- endmacro %}

{% macro spark__json_field(expression, field) -%}
    get_json_object({{ expression }}, '$.{{ field }}')
{%- endmacro %}
