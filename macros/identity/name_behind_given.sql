{# The patronymic or middle initial that normalised_name takes off a given name. #}
{% macro name_behind_given(expression) -%}
    case
        when {{ regexp_matches(expression, '\\S\\s+\\S') }}
            then {{ letters_only(regexp_capture(
                bare_name(expression), '[^\\s.]\\s+(' ~ patronymic_form() ~ '|[a-zа-я]\\.?)$'
            )) }}
    end
{%- endmacro %}
