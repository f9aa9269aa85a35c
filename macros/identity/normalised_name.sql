{% macro normalised_name(expression) -%}
    {%- set titles = name_titles() | join('|') -%}
    {%- set placeholders = (name_placeholders() + name_titles()) | join('|') | replace('-', '') -%}
    {%- set repeated = [] -%}
    {%- for letter in 'abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя' -%}
        {%- do repeated.append(letter ~ '{3,}') -%}
    {%- endfor -%}
    {%- set bare = regexp_replace_all(
        without_accents("lower(" ~ tidied(expression) ~ ")"),
        '^(?:child of .*|(?:(?:' ~ titles ~ ')(?:\\.\\s*|\\s+))+)|[\\s,]+(?:jr|sr|ii|iii|iv|мл|ст)\\.?$'
    ) -%}
    nullif({{ regexp_replace_all(
        letters_only(bare), '^(?:' ~ placeholders ~ '|' ~ repeated | join('|') ~ ')$'
    ) }}, '')
{%- endmacro %}
