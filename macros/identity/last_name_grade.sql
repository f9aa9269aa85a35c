{# Who gave a first name and a patronymic has given no family name, and many have both: of two such
   records the latter is no more than an initial would be. #}
{% macro last_name_grade(one, other) -%}
    case
        when {{ one }}.last_name_key is null or {{ other }}.last_name_key is null then 1
        when
            {{ one }}.is_last_name_unsure
            and {{ other }}.is_last_name_unsure
            and {{ name_similarity(one ~ '.last_name_key', other ~ '.last_name_key') }} >= 0.90
            then 2
        when {{ one }}.last_name_key = {{ other }}.last_name_key then 4
        when
            {{ name_similarity(one ~ '.last_name_key', other ~ '.last_name_key') }} >= 0.90
            or {{ is_one_slip(one ~ '.last_name_key', other ~ '.last_name_key') }}
            then 3
        when
            length({{ one }}.last_name_key) >= 4
            and {{ other }}.last_name_key like '%' || {{ one }}.last_name_key || '%'
            then 3
        when
            length({{ other }}.last_name_key) >= 4
            and {{ one }}.last_name_key like '%' || {{ other }}.last_name_key || '%'
            then 3
        when {{ are_swapped(one, other) }} then 3
        when
            (length({{ one }}.last_name_key) = 1 or length({{ other }}.last_name_key) = 1)
            and left({{ one }}.last_name_key, 1) = left({{ other }}.last_name_key, 1)
            then 2
        when {{ name_similarity(one ~ '.last_name_key', other ~ '.last_name_key') }} >= 0.80 then 0
        else -1
    end
{%- endmacro %}
