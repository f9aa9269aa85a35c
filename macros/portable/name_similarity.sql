{# Jaro-Winkler similarity of two texts, 0 to 1. #}
{% macro name_similarity(one, other) -%}
    {{ return(adapter.dispatch('name_similarity', 'onefold')(one, other)) }}
{%- endmacro %}

{% macro default__name_similarity(one, other) -%}
    jaro_winkler_similarity({{ one }}, {{ other }})
{%- endmacro %}
