{# A number for what several texts and dates say together; U+001F, which no text holds, parts them. #}
{% macro digest_of(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- do parts.append("coalesce(cast(" ~ column ~ " as " ~ dbt.type_string() ~ "), '')") -%}
    {%- endfor -%}
    {{ hashed_number(parts | join(" || '\x1f' || ")) }}
{%- endmacro %}
