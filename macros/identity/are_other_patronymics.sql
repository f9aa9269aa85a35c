{# One slip of the finger, or two in a long name, are no other father. Nor is a patronymic that turns
   out to be the family name. #}
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
    and not coalesce(
        ({{ one }}.is_last_name_unsure or {{ other }}.is_last_name_unsure)
        and {{ name_similarity(one ~ '.last_name_key', other ~ '.last_name_key') }} >= 0.90,
        false
    )
{%- endmacro %}
