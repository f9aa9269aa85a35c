{# Of several numbers the first counts; the ending .0 is what spreadsheets add. #}
{% macro dialled_phone(phone) -%}
    {%- set text = "lower(" ~ clean_text(phone) ~ ")" -%}
    {%- set rest = '^(?:tel|phone)?[:.\\s]+|\\s*[;,].*$|\\s*(?:ext|extension|x|доб|#)[^0-9]*\\d*\\s*$|\\.0$' -%}
    trim({{ regexp_replace_all(text, rest) }})
{%- endmacro %}
