{# Of several numbers the first counts, and no words count: `Mobil: 0170 1234567 (privat)`, `доб. 5`,
   `oder 030 123456`. A slash parts two numbers only where what stands before it is long enough for
   one, since `0170/1234567` is one. A letter within a number is a slip, and what is left of it
   somebody else's. Spreadsheets add .0, or write 4.91702E+11, which is the number of many. #}
{% macro dialled_phone(phone) -%}
    {%- set digits = '(?:[^0-9a-zа-яё#]*[0-9])' -%}
    trim({{ rewritten("lower(" ~ tidied(phone, narrows=true) ~ ")", [
        ('^[^0-9+]+|\\s*[;,].*$|\\.0$|^[0-9.]+e[+]?[0-9]+$', ''),
        (
            '^(' ~ digits ~ '{7,})[^0-9a-zа-яё#]*[a-zа-яё#].*$|^.*[0-9][a-zа-яё]+[0-9].*$',
            '\\1',
        ),
        ('^(' ~ digits ~ '{9,}?)\\s*[/|]' ~ digits ~ '{6,}.*$', '\\1'),
    ]) }})
{%- endmacro %}
