{#
    Who has a patronymic has one. Of several Western middle names people give now one, now another,
    or a maiden name; so these, and initials, are "rather different" at most.
#}
{% macro middle_name_grade(one, other) -%}
    case
        when {{ one }}.middle_name_key is null or {{ other }}.middle_name_key is null then 1
        when {{ one }}.middle_name_key = {{ other }}.middle_name_key then 4
        when {{ are_other_patronymics(one, other) }} then -1
        when
            length({{ one }}.middle_name_key) <= 2 or length({{ other }}.middle_name_key) <= 2
            then case
                when {{ one }}.middle_name_key like {{ other }}.middle_name_key || '%' then 2
                when {{ other }}.middle_name_key like {{ one }}.middle_name_key || '%' then 2
                else 0
            end
        when
            {{ edit_distance(one ~ '.patronymic_key', other ~ '.patronymic_key') }} <= 1
            then 3
        when {{ one }}.middle_name_key like '%' || {{ other }}.middle_name_key || '%' then 3
        when {{ other }}.middle_name_key like '%' || {{ one }}.middle_name_key || '%' then 3
        when {{ name_similarity(one ~ '.middle_name_key', other ~ '.middle_name_key') }} >= 0.88
            then 3
        else 0
    end
{%- endmacro %}
