{% macro country_code(expression) -%}
    {%- set name = "lower(" ~ clean_text(expression) ~ ")" -%}
    case
        {%- for code, names in country_names().items() %}
        when {{ name }} in ('{{ names | join("', '") }}') then '{{ code }}'
        {%- endfor %}
        when {{ regexp_matches(name, '^[a-z]{2}$') }} then upper({{ name }})
    end
{%- endmacro %}
