{# Raised with every change of a normaliser's result: keys of different versions must not mix. #}
{% macro normaliser_version() -%}
    {{ return(7) }}
{%- endmacro %}
