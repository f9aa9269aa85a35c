{% macro normalised_birth_date(expression, run_at) -%}
    {%- set birth_date = written_date(expression) -%}
    {%- set oldest = dbt.dateadd('year', -1 * var('greatest_age_years', 120), run_at) -%}
    case
        when {{ birth_date }} > cast({{ run_at }} as date) then null
        when {{ birth_date }} < cast({{ oldest }} as date) then null
        when {{ birth_date }} in (
            cast('1900-01-01' as date), cast('1970-01-01' as date), cast('1111-11-11' as date)
        ) then null
        else {{ birth_date }}
    end
{%- endmacro %}
