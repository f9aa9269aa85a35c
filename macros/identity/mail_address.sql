{% macro mail_address(expression) -%}
    {%- set inner = regexp_replace_all(
        "lower(" ~ tidied(expression) ~ ")", '^[^<>]*<([^<>]*)>.*$', '\\1'
    ) -%}
    {%- set first = regexp_replace_all(
        inner, '^[\\s"\']*(?:mailto:)?\\s*|[\\s"\']*[;,].*$|[\\s"\'.]+$|[\\x{200C}\\x{200D}]'
    ) -%}
    {%- set reserved = '\\s@<>()\\[\\]",;:\\\\' -%}
    {%- set local_part = '[^' ~ reserved ~ ']*[^.' ~ reserved ~ ']' -%}
    {%- set label = '[^.' ~ reserved ~ ']+' -%}
    {%- set top_label = '[^.\\d' ~ reserved ~ ']' ~ label -%}
    {{ regexp_capture(first, '^(' ~ local_part ~ '@(?:' ~ label ~ '\\.)+' ~ top_label ~ ')$') }}
{%- endmacro %}
