{% macro are_one_given_name(one, other) -%}
    (
        {{ one }} = {{ other }}
        or {{ name_similarity(one, other) }} >= 0.88
        or left({{ one }}, length({{ other }})) = {{ other }}
        or left({{ other }}, length({{ one }})) = {{ one }}
    )
{%- endmacro %}
