{% macro drop_statements(tables) -%}
    {% for table in tables %}drop table if exists {{ table }};{% endfor %}
{%- endmacro %}
