{#
    A whole number below 2^60 that stands for a text, the same on every engine: the first 15 digits
    of its MD5. It tells texts apart, it keeps no secret.
#}
{% macro hashed_number(expression) -%}
    {{ return(adapter.dispatch('hashed_number', 'onefold')(expression)) }}
{%- endmacro %}

{% macro default__hashed_number(expression) -%}
    cast(cast('x' || left(md5({{ expression }}), 15) as bit(60)) as bigint)
{%- endmacro %}

{% macro duckdb__hashed_number(expression) -%}
    cast('0x' || left(md5({{ expression }}), 15) as bigint)
{%- endmacro %}

{% macro spark__hashed_number(expression) -%}
    cast(conv(left(md5({{ expression }}), 15), 16, 10) as bigint)
{%- endmacro %}
