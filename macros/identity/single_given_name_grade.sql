{# Close to the first of them; or called by another one, which may as well be a relative's. #}
{% macro single_given_name_grade(one, several) -%}
    case
        when length({{ several }}.first_given_name) = 1
            then case
                when left({{ one }}.first_name_key, 1) = {{ several }}.first_given_name then 2
            end
        when
            {{ one }}.full_first_name = {{ several }}.first_given_name
            or {{ are_one_given_name(one ~ '.first_name_key', several ~ '.first_given_name') }}
            then 3
        when {{ are_one_given_name(one ~ '.first_name_key', several ~ '.other_given_names') }} then 0
    end
{%- endmacro %}
