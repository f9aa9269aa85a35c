{#
    Of the full names, or of the names as written, so that a short form with a typing error (Lottte)
    still meets its own (Lotte). Two known short forms are compared by what they stand for alone,
    and are never close: Kolya and Olya are man and wife, Lena and Nora, who are Elena and Eleonora,
    are sisters, and Lena and Alyona may be one.
#}
{% macro first_name_similarity(one, other) -%}
    case
        when
            {{ one }}.first_name_key <> {{ one }}.full_first_name
            and {{ other }}.first_name_key <> {{ other }}.full_first_name
            then least(
                0.78, {{ name_similarity(one ~ '.full_first_name', other ~ '.full_first_name') }}
            )
        else greatest(
            {{ name_similarity(one ~ '.full_first_name', other ~ '.full_first_name') }},
            {{ name_similarity(one ~ '.first_name_key', other ~ '.first_name_key') }}
        )
    end
{%- endmacro %}
