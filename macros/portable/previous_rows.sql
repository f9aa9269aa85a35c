{# A table being rebuilt still holds the rows of the build before, until the new one takes over. #}
{% macro previous_rows(relation, columns) -%}
    {%- set previous = none -%}
    {%- set known_columns = [] -%}
    {%- if execute -%}
        {%- set previous = adapter.get_relation(
            database=relation.database, schema=relation.schema, identifier=relation.identifier
        ) -%}
    {%- endif -%}
    {%- if previous -%}
        {%- for column in adapter.get_columns_in_relation(previous) -%}
            {%- do known_columns.append(column.name | lower) -%}
        {%- endfor -%}
    {%- endif -%}
    select
    {%- for name, data_type in columns.items() %}
        cast({{ name if name in known_columns else 'null' }} as {{ data_type }}) as {{ name }}
        {{- ',' if not loop.last }}
    {%- endfor %}
    {%- if previous %}

    from {{ previous }}
    {%- else %}

    where 1 = 0
    {%- endif %}
{%- endmacro %}
