{# The number, as a literal, for a text that is known when the SQL is written. #}
{% macro text_fingerprint(text) -%}
    {{ return(local_md5(text)[:15] | int(base=16)) }}
{%- endmacro %}
