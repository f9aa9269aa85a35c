{#
    A whole number below 2^60 for what several columns say together; NULL says as much as an empty
    text, which clean_text never gives. It is only ever compared with others of the same warehouse,
    so each engine may have its own.
#}
{% macro fingerprint_of(columns) -%}
    {{ return(adapter.dispatch('fingerprint_of', 'onefold')(columns)) }}
{%- endmacro %}

{% macro default__fingerprint_of(columns) -%}
    {{ digest_of(columns) }}
{%- endmacro %}

{# Not its own hash(): of texts like w0001, w0002, … a tenth share one. #}
{% macro duckdb__fingerprint_of(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- do parts.append("coalesce(cast(" ~ column ~ " as varchar), '')") -%}
    {%- endfor -%}
    cast(md5_number_lower({{ parts | join(" || '\x1f' || ") }}) >> 4 as bigint)
{%- endmacro %}
