{# Of several numbers the first counts; the ending .0 is what spreadsheets add. #}
{% macro dialled_phone(phone) -%}
    {%- set extension = '\\s*(?:ext|extension|x|доб|#)[^0-9]*\\d*\\s*$' -%}
    {%- set rest = '^(?:tel|phone)?[:.\\s]+|\\s*[;,].*$|\\.0$|' ~ extension -%}
    trim({{ regexp_replace_all("lower(" ~ tidied(phone) ~ ")", rest) }})
{%- endmacro %}
