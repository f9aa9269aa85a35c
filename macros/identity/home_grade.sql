{# People move: another home speaks neither for nor against. #}
{% macro home_grade(one, other) -%}
    case
        when {{ one }}.home_key is null or {{ other }}.home_key is null then 1
        when {{ one }}.home_key = {{ other }}.home_key then 4
        when {{ name_similarity(one ~ '.home_key', other ~ '.home_key') }} >= 0.94 then 3
        else 0
    end
{%- endmacro %}
