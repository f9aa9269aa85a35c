{# A name in small letters, without accents, the title before it and junior or senior behind. Spain
   writes Mª for María. #}
{% macro bare_name(expression) -%}
    {%- set titles = name_titles() | join('|') -%}
    {{ rewritten(without_accents("lower(" ~ tidied(expression) ~ ")"), [
        ('^(?:child of .*|(?:(?:' ~ titles ~ ')(?:\\.\\s*|\\s+))+)', ''),
        ('(^|[\\s-])m\\.?ª\\.?\\s*', '\\1maria '),
        ('[\\s,]+(?:jr|sr|ii|iii|iv|мл|ст)\\.?$', ''),
    ]) }}
{%- endmacro %}
