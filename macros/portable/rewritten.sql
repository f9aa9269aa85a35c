{% macro rewritten(expression, steps) -%}
    {%- set text = namespace(sql=expression) -%}
    {%- for pattern, replacement in steps -%}
        {%- set text.sql = regexp_replace_all(text.sql, pattern, replacement) -%}
    {%- endfor -%}
    {{ text.sql }}
{%- endmacro %}
