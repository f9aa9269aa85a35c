{# A country without a plan here keeps its numbers from being read by another country's forms. #}
{% macro calling_code(phone, country) -%}
    {%- set rest = '\\s*(?:\\.0|[^0-9].*)?$' -%}
    case coalesce({{ country }}, '{{ var("default_country", "") }}')
        {%- for plan in numbering_plans() %}
        {%- for code in plan.countries %}
        when '{{ code }}' then '{{ plan.code }}'
        {%- endfor %}
        {%- endfor %}
        when ''
            then
                case
                    {%- for form in unmistakable_phone_forms() %}
                    when {{ regexp_matches(phone, '^\\s*(?:tel:)?(?:' ~ form.written ~ ')' ~ rest) }}
                        then '{{ form.code }}'
                    {%- endfor %}
                    else '?'
                end
        else '?'
    end
{%- endmacro %}
