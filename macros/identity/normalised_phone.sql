{# One chain of replacements, because a CASE over the plans would repeat the number in each branch,
   and the engine would take seconds to plan it. #}
{% macro normalised_phone(phone, country='null') -%}
    {%- set known_country = "coalesce(" ~ country ~ ", '" ~ var('default_country', '') ~ "')" -%}
    {#- The ? of a country without a plan keeps its number from being read by another's forms. -#}
    {%- set tag -%}
        coalesce(
            {{ calling_code(known_country) }},
            case when {{ country }} is not null then '?' else '' end
        )
    {%- endset -%}
    {%- set number = rewritten(tag ~ " || ':' || " ~ dialled_phone(phone), phone_rewrites()) -%}
    '+' || nullif(replace({{ regexp_capture(number, '^=([0-9:]+)$') }}, ':', ''), '')
{%- endmacro %}
