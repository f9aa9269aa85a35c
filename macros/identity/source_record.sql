{#
    One source record, with its columns in one order for every source, so that the records of all
    sources can be stacked. `known` maps a column to the expression that fills it; the columns of
    `identifier_columns` fill themselves.
#}
{% macro source_record(source_name, record_type, record_id, known) -%}
    {%- set attributes = source_record_attributes() -%}
    {%- set expressions = dict(known) -%}
    {%- for name in known if name not in attributes -%}
        {{ exceptions.raise_compiler_error("source_record: there is no column " ~ name) }}
    {%- endfor -%}
    {#- A record that is only mentioned has no row, and so no columns. -#}
    {%- if known['is_mentioned_only'] == 'false' -%}
        {%- for name, holders in identifier_columns().items()
            if source_name ~ ':' ~ record_type in holders -%}
            {%- do expressions.update({name: name}) -%}
        {%- endfor -%}
    {%- endif -%}
    '{{ source_name }}:{{ record_type }}:' || {{ record_id }} as record_key,
    '{{ source_name }}' as source_name,
    '{{ record_type }}' as record_type,
    {{ record_id }} as record_id
    {%- for name, data_type in attributes.items() %},
    cast(
        {{ expressions.get(name, 'null') }} as {{ api.Column.translate_type(data_type) }}
    ) as {{ name }}
    {%- endfor %}
{%- endmacro %}
