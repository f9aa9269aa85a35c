{# Russian forms often have one field for given name and patronymic, American ones for given name and
   middle initial: Даша Николаевна, Bob A. Short forms are found only without them. What is taken off
   is not lost, see name_behind_given. #}
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
