{# Russian forms often have one field for given name and patronymic, American ones for given name and
   middle initial: Даша Николаевна, Bob A. Short forms are found only without them. Where a form has
   one field for all of a name, a family name on -ovich is lost with it. #}
{% macro normalised_name(expression, is_given=false) -%}
    {%- set fillers = name_placeholders() + name_titles() -%}
    {%- for letter in 'abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя' -%}
        {%- do fillers.append(letter ~ '{3,}') -%}
    {%- endfor -%}
    {%- set bare = bare_name(expression) -%}
    {%- if is_given -%}
        {%- set bare = regexp_replace_all(
            bare, '([^\\s.])\\s+(?:' ~ patronymic_form() ~ '|[a-zа-я]\\.?)$', '\\1'
        ) -%}
    {%- endif -%}
    {%- set no_name = '^(?:' ~ fillers | join('|') | replace('-', '') ~ ')$' -%}
    {{ regexp_capture(regexp_replace_all(letters_only(bare), no_name), '^(.+)$') }}
{%- endmacro %}
