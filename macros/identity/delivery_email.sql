{# Out of `Anna <a@b.co>` and `mailto:a@b.co` comes the address; of a list, the first address. #}
{% macro delivery_email(expression) -%}
    {%- set text = "lower(" ~ clean_text(expression) ~ ")" -%}
    {%- set inner = regexp_replace_all(text, '^[^<>]*<([^<>]*)>.*$', '\\1') -%}
    {%- set first = regexp_replace_all(
        inner, '^[\\s"\']*(?:mailto:)?\\s*|[\\s"\']*[;,].*$|[\\s"\'.]+$|[\\x{200C}\\x{200D}]'
    ) -%}
    {%- set part = '[^\\s@.<>()\\[\\]",;:\\\\]' -%}
    {%- set top = '[^\\s@.<>()\\[\\]",;:\\\\\\d]' -%}
    case
        when {{ regexp_matches(
            first,
            '^[^\\s@<>()\\[\\]",;:\\\\]+@(?:' ~ part ~ '+\\.)+' ~ top ~ part ~ '+$'
        ) }} then {{ first }}
    end
{%- endmacro %}
