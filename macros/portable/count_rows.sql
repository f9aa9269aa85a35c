{# The number of rows that a query gives, as a number. #}
{% macro count_rows(query) -%}
    {{ return(run_query("select count(*) from (" ~ query ~ ") as counted").columns[0].values()[0]
        | int) }}
{%- endmacro %}
