{# One fingerprint for several, and for other whole numbers, at a twentieth of the price. #}
{% macro mixed_fingerprint(numbers) -%}
    {{ return(adapter.dispatch('mixed_fingerprint', 'onefold')(numbers)) }}
{%- endmacro %}

{% macro default__mixed_fingerprint(numbers) -%}
    {{ fingerprint_of(numbers) }}
{%- endmacro %}

{% macro duckdb__mixed_fingerprint(numbers) -%}
    cast(hash({{ numbers | join(', ') }}) >> 4 as bigint)
{%- endmacro %}
