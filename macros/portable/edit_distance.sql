{# Smallest number of insertions, deletions and changes (on DuckDB also swaps) between two texts. #}
{% macro edit_distance(one, other) -%}
    {{ return(adapter.dispatch('edit_distance', 'onefold')(one, other)) }}
{%- endmacro %}

{% macro default__edit_distance(one, other) -%}
    levenshtein({{ one }}, {{ other }})
{%- endmacro %}

{% macro duckdb__edit_distance(one, other) -%}
    damerau_levenshtein({{ one }}, {{ other }})
{%- endmacro %}
