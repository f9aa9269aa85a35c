{# One number for those of several rows, whatever their order; `over` makes it a window. #}
{% macro fingerprint_of_rows(fingerprint, over=none) -%}
    {{ return(adapter.dispatch('fingerprint_of_rows', 'onefold')(fingerprint, over)) }}
{%- endmacro %}

{% macro default__fingerprint_of_rows(fingerprint, over) -%}
    cast(
        sum(cast({{ fingerprint }} as decimal(38, 0))){{ ' over (' ~ over ~ ')' if over }}
        % 1152921504606846976 as bigint
    )
{%- endmacro %}

{# Its sum of whole numbers does not overflow. The last 60 bits are the rest of a division by 2^60,
   at a fifth of the price. #}
{% macro duckdb__fingerprint_of_rows(fingerprint, over) -%}
    cast(
        sum({{ fingerprint }}){{ ' over (' ~ over ~ ')' if over }} & 1152921504606846975 as bigint
    )
{%- endmacro %}
