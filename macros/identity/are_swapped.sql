{# A form that was filled in the wrong way round, perhaps with a short form of the first name. #}
{% macro are_swapped(one, other) -%}
    (
        (
            {{ name_similarity(one ~ '.first_name_key', other ~ '.last_name_key') }} >= 0.90
            or {{ name_similarity(one ~ '.full_first_name', other ~ '.full_last_name') }} >= 0.90
            or {{ is_one_slip(one ~ '.first_name_key', other ~ '.last_name_key') }}
        )
        and (
            {{ name_similarity(one ~ '.last_name_key', other ~ '.first_name_key') }} >= 0.90
            or {{ name_similarity(one ~ '.full_last_name', other ~ '.full_first_name') }} >= 0.90
            or {{ is_one_slip(one ~ '.last_name_key', other ~ '.first_name_key') }}
        )
    )
{%- endmacro %}
