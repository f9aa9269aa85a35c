{#
    How well two names or dates agree: 4 equal, 3 close, 2 initial, 1 unknown, 0 rather different,
    -1 contradicting. The bounds for Jaro-Winkler similarity are those of the field's usual
    practice; nothing is decided by one of them alone.
#}
{% macro first_name_grade(one, other) -%}
    {% set similarity = first_name_similarity(one, other) %}
    case
        when {{ one }}.first_name_key is null or {{ other }}.first_name_key is null then 1
        when {{ one }}.first_name_key = {{ other }}.first_name_key then 4
        when {{ one }}.full_first_name = {{ other }}.full_first_name then 3
        when
            {{ is_initial(one ~ '.first_name_key') }} or {{ is_initial(other ~ '.first_name_key') }}
            then case
                when {{ is_initial_of(one, other) }} or {{ is_initial_of(other, one) }} then 2
                else -1
            end
        when {{ is_name_of_other_sex(one, other) }} then -1
        else coalesce({{ several_given_names_grade(one, other) }}, case
            when
                {{ similarity }} >= 0.88
                or {{ is_one_slip(one ~ '.first_name_key', other ~ '.first_name_key') }}
                then 3
            when
                length({{ one }}.first_name_key) >= 3
                and left({{ other }}.first_name_key, length({{ one }}.first_name_key))
                = {{ one }}.first_name_key
                then 3
            when
                length({{ other }}.first_name_key) >= 3
                and left({{ one }}.first_name_key, length({{ other }}.first_name_key))
                = {{ other }}.first_name_key
                then 3
            when {{ are_swapped(one, other) }} then 3
            when {{ similarity }} >= 0.78 then 0
            when {{ is_short_form_at_end(one, other) }} or {{ is_short_form_at_end(other, one) }}
                then 0
            when {{ is_last_name_alone(one, other) }} or {{ is_last_name_alone(other, one) }} then 0
            else -1
        end)
    end
{%- endmacro %}
