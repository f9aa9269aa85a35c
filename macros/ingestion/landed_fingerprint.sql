{# What a staging model makes of a raw row depends on nothing but this; a load is of one file. #}
{% macro landed_fingerprint() -%}
    {{ mixed_fingerprint([
        hex_number('_row_digest'), '_load_number', '_line_number',
        text_fingerprint(staged_version()),
    ]) }}
{%- endmacro %}
