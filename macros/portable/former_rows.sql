{#
    The rows of a published table as the build before left them, or none where it was never built.
    No `ref`: the table is built later in the same run, and what it held until then is wanted.
#}
{% macro former_rows(mart, columns) -%}
    {%- set relation = adapter.get_relation(this.database, 'marts', mart) if execute else none -%}
    select
        {% for name, data_type in columns.items() -%}
        {{ name if relation else "cast(null as " ~ api.Column.translate_type(data_type) ~ ")" }}
            as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    {% if relation -%}
    from {{ relation }}
    {%- else -%}
    where 1 = 0
    {%- endif %}
{%- endmacro %}
