{# One number for the fingerprints of several rows, whatever their order; `over` makes it a window. #}
{% macro common_fingerprint(fingerprint, over=none) -%}
    {{ return(adapter.dispatch('common_fingerprint', 'onefold')(fingerprint, over)) }}
{%- endmacro %}

{% macro default__common_fingerprint(fingerprint, over) -%}
    cast(
        sum(cast({{ fingerprint }} as decimal(38, 0))){{ ' over (' ~ over ~ ')' if over }}
        % 1152921504606846976 as bigint
    )
{%- endmacro %}

{# Its sum of whole numbers does not overflow. The last 60 bits are the rest of a division by 2^60,
   at a fifth of the price. #}
{% macro duckdb__common_fingerprint(fingerprint, over) -%}
    cast(
        sum({{ fingerprint }}){{ ' over (' ~ over ~ ')' if over }} & 1152921504606846975 as bigint
    )
{%- endmacro %}
