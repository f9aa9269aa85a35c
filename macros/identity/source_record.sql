{#
    One source record, with its columns in one order for every source, so that the records of all
    sources can be stacked. `known` maps a column to the expression that fills it.
#}
{% macro source_record(source_name, record_type, record_id, known) -%}
    {%- set attributes = source_record_attributes() -%}
    {%- for name in known if name not in attributes -%}
        {{ exceptions.raise_compiler_error("source_record: there is no column " ~ name) }}
    {%- endfor -%}
    '{{ source_name }}:{{ record_type }}:' || {{ record_id }} as record_key,
    '{{ source_name }}' as source_name,
    '{{ record_type }}' as record_type,
    {{ record_id }} as record_id
    {%- for name, data_type in attributes.items() %},
    cast({{ known.get(name, 'null') }} as {{ api.Column.translate_type(data_type) }}) as {{ name }}
    {%- endfor %}
{%- endmacro %}
