{# The first 15 digits of a hexadecimal text as a whole number below 2^60. #}
{% macro hex_number(expression) -%}
    {{ return(adapter.dispatch('hex_number', 'onefold')(expression)) }}
{%- endmacro %}

{% macro default__hex_number(expression) -%}
    cast(cast('x' || left({{ expression }}, 15) as bit(60)) as bigint)
{%- endmacro %}

{% macro duckdb__hex_number(expression) -%}
    cast('0x' || left({{ expression }}, 15) as bigint)
{%- endmacro %}

{% macro spark__hex_number(expression) -%}
    cast(conv(left({{ expression }}, 15), 16, 10) as bigint)
{%- endmacro %}
