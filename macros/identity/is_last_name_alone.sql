{# Who gave one name gave the family name, or the other form was filled in the wrong way round. #}
{% macro is_last_name_alone(one, other) -%}
    (
        {{ one }}.last_name_key is null
        and {{ name_similarity(one ~ '.first_name_key', other ~ '.last_name_key') }} >= 0.90
    )
{%- endmacro %}
