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
            length({{ one }}.first_name_key) = 1 or length({{ other }}.first_name_key) = 1
            then case
                when left({{ one }}.first_name_key, 1) = left({{ other }}.first_name_key, 1) then 2
                else -1
            end
        when {{ similarity }} >= 0.88 then 3
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
        when {{ is_short_form_at_end(one, other) }} or {{ is_short_form_at_end(other, one) }} then 0
        else -1
    end
{%- endmacro %}
