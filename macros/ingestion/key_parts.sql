{# Of a key's parts, a missing one counts as an empty one, which clean_text never gives. #}
{% macro key_parts(key) -%}
    {%- set parts = [] -%}
    {%- for expression in key %}
    {%- do parts.append("coalesce(cast(" ~ expression ~ " as " ~ dbt.type_string() ~ "), '')") -%}
    {%- endfor -%}
    {{ return(parts) }}
{%- endmacro %}
