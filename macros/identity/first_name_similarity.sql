{#
    Of the full names, or of the names as written, so that a short form with a typing error (Lottte)
    still meets its own (Lotte). Two known short forms are compared by what they stand for alone:
    Kolya and Olya look alike and are man and wife.
#}
{% macro first_name_similarity(one, other) -%}
    greatest(
        {{ name_similarity(one ~ '.full_first_name', other ~ '.full_first_name') }},
        case
            when
                {{ one }}.first_name_key = {{ one }}.full_first_name
                or {{ other }}.first_name_key = {{ other }}.full_first_name
                then {{ name_similarity(one ~ '.first_name_key', other ~ '.first_name_key') }}
            else 0
        end
    )
{%- endmacro %}
