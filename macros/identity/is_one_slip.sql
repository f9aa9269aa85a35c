{#
    One slip of the finger in a long name. Jaro-Winkler alone does not see it where letters repeat:
    Zkharova is only 0.85 like Zakharova. Short names are a letter away from other names (Koch,
    Kock), and so are long ones with another first letter (Keller, Heller).
#}
{% macro is_one_slip(one, other) -%}
    (
        least(length({{ one }}), length({{ other }})) >= 6
        and left({{ one }}, 1) = left({{ other }}, 1)
        and {{ edit_distance(one, other) }} <= 1
    )
{%- endmacro %}
