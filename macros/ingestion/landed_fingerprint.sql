{# What a staging model makes of a raw row depends on nothing but this. #}
{% macro landed_fingerprint() -%}
    {{ fingerprint_of([
        '_row_digest', '_load_number', '_file_name', '_line_number', text_fingerprint(staged_version())
    ]) }}
{%- endmacro %}
