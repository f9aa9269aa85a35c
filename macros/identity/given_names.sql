{# Each of several given names, set off by one space; none where there is only one. #}
{% macro given_names(expression) -%}
    case
        when {{ regexp_matches(expression, '\\S[\\s.-]+\\S|ª') }}
            then {{ regexp_capture(rewritten(bare_name(expression), [
                ('([^\\s.])\\s+(?:' ~ patronymic_form() ~ '|[a-zа-я]\\.?)$', '\\1'),
                ("[0-9'’`´,()/]+", ''),
                ('[\\s.-]+', ' '),
                ('^ | $', ''),
            ]), '^(\\S+ .+)$') }}
    end
{%- endmacro %}
