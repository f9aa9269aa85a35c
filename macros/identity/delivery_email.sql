{# Out of `Anna <a@b.co>` and `mailto:a@b.co` comes the address; of a list, the first address.
   Quotes that a local part does not need are none of it. #}
{% macro delivery_email(expression) -%}
    {%- set text = rewritten("lower(" ~ tidied(expression, narrows=true) ~ ")", [
        ('^[^<>]*<([^<>]*)>.*$', '\\1'),
        ('^\\s*"([^"@\\s]+)"@', '\\1@'),
        ('(@[^\\s?/()@]+)(?:[\\s/]+[^@]*@.*|[?].*|\\s*[(].*)$', '\\1'),
        ('^[\\s"\']*(?:mailto:)?\\s*|[\\s"\']*[;,].*$|[\\s"\'.>]+$|[\\x{200C}\\x{200D}]', ''),
    ]) -%}
    {%- set reserved = '\\s@<>()\\[\\]",;:\\\\' -%}
    {%- set local_part = '[^.' ~ reserved ~ '](?:[^' ~ reserved ~ ']*[^.' ~ reserved ~ '])?' -%}
    {%- set label = '[^.' ~ reserved ~ ']+' -%}
    {%- set top_label = '[^.\\d' ~ reserved ~ ']' ~ label -%}
    {{ regexp_capture(text, '^(' ~ local_part ~ '@(?:' ~ label ~ '\\.)+' ~ top_label ~ ')$') }}
{%- endmacro %}
