{#
    Two records that can never be one person, whatever they share. One of the two birth dates may be
    wrong where all of the name is equal and `proof`, a column of 0 or 1, speaks for one person; but
    father and son may have a phone in common.
#}
{% macro contradicts(
    first_name_grade, middle_name_grade, last_name_grade, birth_date_grade, proof='0'
) -%}
    (
        {{ first_name_grade }} = -1
        or {{ middle_name_grade }} = -1
        or (
            {{ birth_date_grade }} = -1
            and not (
                {{ first_name_grade }} = 4 and {{ last_name_grade }} >= 3 and {{ proof }} = 1
            )
        )
    )
{%- endmacro %}
