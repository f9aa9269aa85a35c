{% macro is_name_of_woman_for(man, woman) -%}
    (
        (
            left({{ woman }}, length({{ man }})) = {{ man }}
            and {{ is_one_of(man, names_of_men_before_a()) }}
            and {{ woman }} in (
                {{ man }} || 'a', {{ man }} || right({{ man }}, 1) || 'a',
                {{ man }} || 'ia', {{ man }} || 'iya'
            )
        )
        or (
            right({{ man }}, 1) = 'o'
            and {{ woman }} = left({{ man }}, length({{ man }}) - 1) || 'a'
            and {{ man }} <> 'danilo'
        )
        or (
            right({{ man }}, 1) in ('l', 'n')
            and {{ woman }} = {{ man }} || right({{ man }}, 1) || 'e'
        )
    )
{%- endmacro %}
