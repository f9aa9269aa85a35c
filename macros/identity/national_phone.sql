{% macro national_phone(dialled, digits, country) -%}
    {%- set default_country = var('default_country', '') -%}
    case coalesce({{ country }}, '{{ default_country }}')
        {%- for code, plan in numbering_plans().items() %}
        {%- set form = '^(?:' ~ plan.prefix ~ ')?(' ~ plan.number ~ ')$' %}
        when '{{ code }}' then {{ replaced_or_null(digits, form, '+' ~ plan.code ~ '\\1') }}
        {%- endfor %}
        when ''
            then
                case
                    {%- for form in unmistakable_phone_forms() %}
                    when {{ regexp_matches(dialled, form.written) }}
                        then {{ regexp_replace_all(digits, '^' ~ form.prefix, '+' ~ form.code) }}
                    {%- endfor %}
                end
    end
{%- endmacro %}
