{# Only for patterns whose replacement always differs from what they match. #}
{% macro replaced_or_null(expression, pattern, replacement) -%}
    nullif({{ regexp_replace_all(expression, pattern, replacement) }}, {{ expression }})
{%- endmacro %}
