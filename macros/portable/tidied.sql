{# Most values are tidy ASCII already, which one look tells for a fifth of the price; that is worth
   an argument that stands here three times. Give it a column, not an expression. #}
{% macro tidied(expression, narrows=false) -%}
    {%- set narrow = half_width(expression) if narrows else expression -%}
    {%- set visible = regexp_replace_all(
        composed(narrow), '[' ~ invisible_characters() ~ ']+'
    ) -%}
    {%- set spaces = '[\\s\\x{00A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{3000}]' -%}
    case
        when {{ regexp_matches(expression, '[^ -~]|^ |  | $') }}
            then trim({{ regexp_replace_all(visible, spaces ~ '+', ' ') }})
        else {{ expression }}
    end
{%- endmacro %}
