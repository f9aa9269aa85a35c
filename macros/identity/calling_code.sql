{% macro calling_code(country) -%}
    case {{ country }}
        {%- for plan in numbering_plans() %}
        {%- for code in plan.countries %}
        when '{{ code }}' then '{{ plan.code }}'
        {%- endfor %}
        {%- endfor %}
    end
{%- endmacro %}
