{# Of several numbers the first counts, and no words count: `Mobil: 0170 1234567 (privat)`,
   `доб. 5`, `oder 030 123456`. A slash may stand within a number: `0049 (0)3322/123456`. It parts
   two where a whole one begins behind it, or what stands before it is too long for an area code;
   {1,1}? lets PostgreSQL take the first slash, too. A letter between figures, or an O behind them,
   is a slip, and what is left of the number somebody else's; x, p or w behind a whole number has an
   extension. Spreadsheets add .0, or write 4.91702E+11, which is the number of many. #}
{% macro dialled_phone(phone) -%}
    {%- set no_extension = '[a-oq-vyzа-фц-яё]' -%}
    {%- set digits = '(?:[^0-9a-zа-яё#]*[0-9])' -%}
    {%- set no_area_code = [
        '[+]' ~ digits ~ '{10,}?',
        '00' ~ digits ~ '{10,}?',
        '0[^0-9a-zа-яё#]*[1-9]' ~ digits ~ '{7,}?',
        '[1-9]' ~ digits ~ '{8,}?',
    ] -%}
    trim({{ rewritten("lower(" ~ tidied(phone, narrows=true) ~ ")", [
        ('^[^0-9+]+|\\s*[;,].*$|\\.0$|^[0-9.]+e[+]?[0-9]+$', ''),
        ('^(' ~ digits ~ '{9,}?)\\s*[/|][^0-9a-zа-яё#]*[0+]' ~ digits ~ '{7,}.*$', '\\1'),
        (
            '^((?:' ~ no_area_code | join('|') ~ '){1,1}?)\\s*[/|]' ~ digits ~ '{6,}.*$',
            '\\1',
        ),
        (
            '^' ~ digits ~ '+(?:(?:' ~ no_extension ~ '|[oоil]+)[0-9].*|[oо](?:[^a-zа-яё].*)?)$',
            '',
        ),
        (
            '^(' ~ digits ~ '{7,})[^0-9a-zа-яё#]*[a-zа-яё#].*$|^.*[0-9][a-zа-яё]+[0-9].*$',
            '\\1',
        ),
    ]) }})
{%- endmacro %}
