{# Nobody was born tomorrow, or is older than anybody ever was, and two dates are what programs write
   for an unknown one. #}
{% macro plausible_birth_date(birth_date, run_at) -%}
    {%- set oldest = dbt.dateadd('year', -1 * var('greatest_age_years', 120), run_at) -%}
    case
        when
            {{ birth_date }} between cast({{ oldest }} as date) and cast({{ run_at }} as date)
            and {{ birth_date }} not in (cast('1900-01-01' as date), cast('1970-01-01' as date))
            then {{ birth_date }}
    end
{%- endmacro %}
