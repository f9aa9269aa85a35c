{# Dividing by a decimal also keeps engines from dividing whole numbers down to whole numbers. #}
{% macro share(part, whole) -%}
    cast(({{ part }}) / nullif(cast({{ whole }} as decimal(28, 6)), 0) as decimal(9, 6))
{%- endmacro %}
