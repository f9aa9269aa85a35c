{#
    Which form of the seed junk_patterns a value has, if any; of several, the first by its reason.
    The forms stand in the query as constants: read from a column, each would be compiled anew for
    each value, which took half of the time of the whole build.
#}
{% macro junk_reason(identifier_type, folded_value) -%}
    {%- set patterns = listed_junk_patterns() -%}
    {%- if patterns -%}
    case
        {%- for pattern in patterns %}
        when
            {%- if pattern.identifier_type %}
            {{ identifier_type }} = {{ dbt.string_literal(dbt.escape_single_quotes(pattern.identifier_type)) }} and
            {%- endif %}
            {{ regexp_matches(folded_value, pattern.pattern) }}
            then {{ dbt.string_literal(dbt.escape_single_quotes(pattern.reason)) }}
        {%- endfor %}
    end
    {%- else -%}
    cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}
