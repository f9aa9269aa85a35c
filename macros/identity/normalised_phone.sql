{# One chain of replacements, because a CASE over the plans would repeat the number in each branch,
   and the engine would take seconds to plan it. #}
{% macro normalised_phone(phone, country='null') -%}
    {%- set tagged = calling_code(phone, country) ~ " || ':' || " ~ dialled_phone(phone) -%}
    {{ regexp_capture(rewritten(tagged, phone_rewrites()), '^(\\+\\d+)$') }}
{%- endmacro %}
