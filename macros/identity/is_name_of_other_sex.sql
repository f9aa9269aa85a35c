{#
    Whether two names are the man's and the woman's form of one: Paul and Paula, Mario and Maria,
    Daniel and Danielle. That is how twins and couples are called; names that merely end in -a are
    typing errors more often, so the men's names are listed.
#}
{% macro is_name_of_other_sex(one, other) -%}
    (
        {{ is_name_of_woman_for(one ~ '.first_name_key', other ~ '.first_name_key') }}
        or {{ is_name_of_woman_for(other ~ '.first_name_key', one ~ '.first_name_key') }}
        or {{ is_name_of_woman_for(one ~ '.full_first_name', other ~ '.full_first_name') }}
        or {{ is_name_of_woman_for(other ~ '.full_first_name', one ~ '.full_first_name') }}
    )
{%- endmacro %}

{% macro is_name_of_woman_for(man, woman) -%}
    (
        (
            {{ woman }} = {{ man }} || 'a'
            and {{ man }} in ('{{ names_of_men_before_a() | join("', '") }}')
        )
        or (right({{ man }}, 1) = 'o' and {{ woman }} = left({{ man }}, length({{ man }}) - 1) || 'a')
        or (right({{ man }}, 1) in ('l', 'n') and {{ woman }} = {{ man }} || right({{ man }}, 1) || 'e')
    )
{%- endmacro %}
