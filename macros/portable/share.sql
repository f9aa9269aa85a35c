{# Dividing by a decimal also keeps engines from dividing whole numbers down to whole numbers. #}
{% macro share(part, whole, digits=6) -%}
    cast(
        ({{ part }}) / nullif(cast({{ whole }} as decimal(28, 6)), 0)
        as decimal({{ digits + 3 }}, {{ digits }})
    )
{%- endmacro %}
