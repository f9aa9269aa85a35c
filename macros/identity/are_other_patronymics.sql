{# One slip of the finger, or two in a long name, are no other father. #}
{% macro are_other_patronymics(one, other) -%}
    coalesce(
        right({{ one }}.patronymic_key, 1) <> right({{ other }}.patronymic_key, 1)
        or {{ edit_distance(one ~ '.patronymic_key', other ~ '.patronymic_key') }}
        > case
            when
                length({{ one }}.patronymic_key) <= 6 and length({{ other }}.patronymic_key) <= 6
                then 1
            else 2
        end,
        false
    )
{%- endmacro %}
