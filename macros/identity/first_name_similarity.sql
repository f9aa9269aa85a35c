{#
    Of the full names, or of the names as written, so that a short form with a typing error (Lottte)
    still meets its own (Lotte). Two known short forms of two names are two names, however alike:
    Kolya and Olya are man and wife, Lena and Nora, who are Elena and Eleonora, are sisters.
#}
{% macro first_name_similarity(one, other) -%}
    case
        when
            {{ one }}.first_name_key <> {{ one }}.full_first_name
            and {{ other }}.first_name_key <> {{ other }}.full_first_name
            then 0
        else greatest(
            {{ name_similarity(one ~ '.full_first_name', other ~ '.full_first_name') }},
            {{ name_similarity(one ~ '.first_name_key', other ~ '.first_name_key') }}
        )
    end
{%- endmacro %}
