{#
    Who has several given names gives all of them, the first alone, or some as initials. Two who
    share the first and have another one besides, José Luis and José Antonio, are rather brothers.
    NULL where this says nothing.
#}
{% macro several_given_names_grade(one, other) -%}
    {%- set heads = [one ~ '.first_given_name', other ~ '.first_given_name'] -%}
    {%- set tails = [one ~ '.other_given_names', other ~ '.other_given_names'] -%}
    case
        when {{ heads[0] }} is null and {{ heads[1] }} is null then null
        when {{ heads[0] }} is null then {{ single_given_name_grade(one, other) }}
        when {{ heads[1] }} is null then {{ single_given_name_grade(other, one) }}
        when not {{ are_one_given_name(heads[0], heads[1]) }} then null
        when {{ are_one_given_name(tails[0], tails[1]) }}
            then case
                when
                    least(length({{ heads[0] }}), length({{ heads[1] }})) = 1
                    and least(length({{ tails[0] }}), length({{ tails[1] }})) = 1
                    then 2
                else 3
            end
        when {{ first_name_similarity(one, other) }} >= 0.78 then 0
        else -1
    end
{%- endmacro %}
