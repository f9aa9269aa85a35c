{# Russian forms often have one field for given name and patronymic, American ones for given name and
   middle initial: Даша Николаевна, Bob A. Short forms are found only without them. Latin endings are
   longer, since Friedrich is no patronymic. Where a form has one field for all of a name, a family
   name on -ovich is lost with it. #}
{% macro normalised_name(expression, is_given=false) -%}
    {%- set titles = name_titles() | join('|') -%}
    {%- set fillers = name_placeholders() + name_titles() -%}
    {%- for letter in 'abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя' -%}
        {%- do fillers.append(letter ~ '{3,}') -%}
    {%- endfor -%}
    {%- set ends = [
        ('^(?:child of .*|(?:(?:' ~ titles ~ ')(?:\\.\\s*|\\s+))+)', ''),
        ('[\\s,]+(?:jr|sr|ii|iii|iv|мл|ст)\\.?$', ''),
    ] -%}
    {%- if is_given -%}
        {%- set patronymic = '\\S+(?:ич|вна|чна|[oe]vich|[oe]vna|ichna)' -%}
        {%- do ends.append(('([^\\s.])\\s+(?:' ~ patronymic ~ '|[a-zа-я]\\.?)$', '\\1')) -%}
    {%- endif -%}
    {%- set bare = rewritten(without_accents("lower(" ~ tidied(expression) ~ ")"), ends) -%}
    {%- set no_name = '^(?:' ~ fillers | join('|') | replace('-', '') ~ ')$' -%}
    {{ regexp_capture(regexp_replace_all(letters_only(bare), no_name), '^(.+)$') }}
{%- endmacro %}
