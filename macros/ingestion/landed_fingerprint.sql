{# What a staging model makes of a raw row depends on nothing but this; a load is of one file. What
   is a digest already needs no other. #}
{% macro landed_fingerprint() -%}
    {{ mixed_fingerprint([
        '_row_digest', '_load_number', '_line_number', text_fingerprint(staged_version()),
    ]) }}
{%- endmacro %}
