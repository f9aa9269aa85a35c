{% macro has_rows(table) -%}
    {{ return(run_query("select 1 from " ~ table ~ " limit 1") | length > 0) }}
{%- endmacro %}
