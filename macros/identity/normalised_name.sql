{% macro normalised_name(expression) -%}
    {%- set titles = name_titles() | join('|') -%}
    {%- set fillers = name_placeholders() + name_titles() -%}
    {%- for letter in 'abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя' -%}
        {%- do fillers.append(letter ~ '{3,}') -%}
    {%- endfor -%}
    {%- set bare = rewritten(without_accents("lower(" ~ tidied(expression) ~ ")"), [
        ('^(?:child of .*|(?:(?:' ~ titles ~ ')(?:\\.\\s*|\\s+))+)', ''),
        ('[\\s,]+(?:jr|sr|ii|iii|iv|мл|ст)\\.?$', ''),
    ]) -%}
    {%- set no_name = '^(?:' ~ fillers | join('|') | replace('-', '') ~ ')$' -%}
    {{ regexp_capture(regexp_replace_all(letters_only(bare), no_name), '^(.+)$') }}
{%- endmacro %}
