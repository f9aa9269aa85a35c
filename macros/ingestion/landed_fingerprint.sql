{# What a staging model makes of a raw row depends on nothing but this; a load is of one file. #}
{% macro landed_fingerprint() -%}
    {{ mixed_fingerprint([
        fingerprint_of(['_row_digest']), '_load_number', '_line_number',
        text_fingerprint(staged_version()),
    ]) }}
{%- endmacro %}
