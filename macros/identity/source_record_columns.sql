{# The columns of a source record, for stacking. #}
{% macro source_record_columns(but=[]) -%}
    record_key, source_name, record_type, record_id,
    {{ source_record_attributes().keys() | reject('in', but) | join(', ') }}
{%- endmacro %}
