{# Two records that can never be one person, whatever they share. #}
{% macro contradicts(first_name_grade, middle_name_grade, last_name_grade, birth_date_grade) -%}
    (
        {{ first_name_grade }} = -1
        or {{ middle_name_grade }} = -1
        or (
            {{ birth_date_grade }} = -1
            and not ({{ first_name_grade }} = 4 and {{ last_name_grade }} >= 3)
        )
    )
{%- endmacro %}
