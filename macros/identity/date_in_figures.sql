{# `31. Dezember 1990` and `Dec 31st, 1990` as `31.12.1990`; the month stands as # until its number
   is known. Give it a column. #}
{% macro date_in_figures(column) -%}
    {%- set written = rewritten("lower(" ~ tidied(column, narrows=true) ~ ")", [
        ('\\b(?:de|del|of)\\b|\\s*года?$|(\\d)(?:st|nd|rd|th|er)\\b', '\\1'),
        ('[\\s.,/-]*[a-zà-ÿа-я]{3,}[\\s.,/-]*', '.#.'),
        ('^\\.#\\.(\\d{1,2})[\\s,]+(\\d{4})', '\\1.#.\\2'),
    ]) -%}
    case
        when {{ regexp_matches(column, '[A-Za-zÀ-ÿА-Яа-я]{3}') }}
            then replace({{ written }}, '#', {{ month_number("lower(" ~ column ~ ")") }})
        else {{ tidied(column, narrows=true) }}
    end
{%- endmacro %}
