{# A table being rebuilt still holds the rows of the build before, until the new one takes over.
   In a unit test, where there is no `this`, nothing was built before. #}
{% macro previous_rows(mart, columns) -%}
    {%- set previous = none -%}
    {%- set known_columns = [] -%}
    {%- if execute and this -%}
        {%- set previous = adapter.get_relation(
            database=target.database, schema='marts', identifier=mart
        ) -%}
    {%- endif -%}
    {%- if previous -%}
        {%- for column in adapter.get_columns_in_relation(previous) -%}
            {%- do known_columns.append(column.name | lower) -%}
        {%- endfor -%}
    {%- endif -%}
    select
    {%- for name, data_type in columns.items() %}
        cast(
            {{- name if name in known_columns else 'null' }} as {{ api.Column.translate_type(data_type) -}}
        ) as {{ name }}
        {{- ',' if not loop.last }}
    {%- endfor %}
    {%- if previous %}

    from {{ previous }}
    {%- else %}

    where 1 = 0
    {%- endif %}
{%- endmacro %}
