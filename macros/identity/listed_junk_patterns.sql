{# The rows of the seed as it stands in the warehouse. #}
{% macro listed_junk_patterns() -%}
    {%- set seed = load_relation(ref('junk_patterns')) if execute -%}
    {%- set patterns = [] -%}
    {%- if seed -%}
        {%- set found = run_query(
            "select identifier_type, pattern, reason from " ~ seed ~ " order by reason, pattern"
        ) -%}
        {%- for row in found.rows -%}
            {%- do patterns.append(
                {'identifier_type': row[0], 'pattern': row[1], 'reason': row[2]}
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(patterns) }}
{%- endmacro %}
