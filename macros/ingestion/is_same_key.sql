{# Whether a row has the key of another. #}
{% macro is_same_key(parts, other) -%}
    {%- for part in parts -%}
        {{ ' and ' if not loop.first }}{{ part }} = {{ other }}.key_{{ loop.index }}
    {%- endfor -%}
{%- endmacro %}
