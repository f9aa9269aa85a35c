{# `31. Dezember 1990` and `Dec 31st, 1990` as `31.12.1990`; the month stands as # until its number
   is known. Behind a date in figures a word is no month: `1990-12-31 00:00:00 UTC`. `\b` is not a
   border of words on PostgreSQL. Give it a column. #}
{% macro date_in_figures(column) -%}
    {%- set written = rewritten("lower(" ~ tidied(column, narrows=true) ~ ")", [
        ('(\\d)(?:st|nd|rd|th|er)|\\s(?:de|del|of)(\\s)|\\s*года?$', '\\1\\2'),
        ('[\\s.,/-]*[a-zà-ÿа-я]{3,}[\\s.,/-]*', '.#.'),
        ('^\\.#\\.(\\d{1,2})[\\s,]+(\\d{4})', '\\1.#.\\2'),
    ]) -%}
    case
        when
            {{ regexp_matches(column, '[A-Za-zÀ-ÿА-Яа-я]{3}') }}
            and not {{ regexp_matches(column, '^\\s*\\d+[./-]\\s?\\d') }}
            then replace({{ written }}, '#', {{ month_number("lower(" ~ column ~ ")") }})
        else {{ tidied(column, narrows=true) }}
    end
{%- endmacro %}
