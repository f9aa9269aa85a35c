{# The length in front of each part keeps 'ab', 'c' apart from 'a', 'bc'. #}
{% macro key_of_parts(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- do parts.append(
            "coalesce(cast(length(" ~ column ~ ") as " ~ dbt.type_string() ~ ") || ':' || "
            ~ column ~ ", '-')"
        ) -%}
    {%- endfor -%}
    {{ dbt.hash(parts | join(" || ")) }}
{%- endmacro %}
