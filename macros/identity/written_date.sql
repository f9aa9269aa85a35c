{# Between slashes the order of day and month is known only if one of them is above 12. Programs add
   a midnight that means nothing, Russians a г. for the year. #}
{% macro written_date(expression) -%}
    {%- set one = '(0?[1-9]|[12]\\d|3[01])' -%}
    {%- set month = '(0?[1-9]|1[0-2])' -%}
    {%- set above_twelve = '(1[3-9]|2\\d|3[01])' -%}
    {%- set year = '([12]\\d{3})' -%}
    {%- set behind = '(?:,?[T\\s]+\\d{1,2}:\\d{2}.*|\\s*г\\.?)?$' -%}
    {%- set spellings = [
        ('^' ~ year ~ '(\\d{2})(\\d{2})$', '\\1-\\2-\\3'),
        ('^' ~ year ~ '[/.](\\d{1,2})[/.](\\d{1,2})' ~ behind, '\\1-\\2-\\3'),
        ('^' ~ one ~ '\\.\\s?' ~ month ~ '\\.\\s?' ~ year ~ behind, '\\3-\\2-\\1'),
        ('^' ~ above_twelve ~ '[/-]' ~ month ~ '[/-]' ~ year ~ behind, '\\3-\\2-\\1'),
        ('^' ~ month ~ '[/-]' ~ above_twelve ~ '[/-]' ~ year ~ behind, '\\3-\\1-\\2'),
    ] -%}
    {{ to_date(rewritten(date_in_figures(expression), spellings)) }}
{%- endmacro %}
