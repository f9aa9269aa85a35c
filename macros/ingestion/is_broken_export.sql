{% macro is_broken_export(rows_quarantined, rows_read) -%}
    (
        {{ rows_quarantined }} > {{ var('tolerated_quarantined_rows') }}
        and {{ rows_quarantined }} * 100
        > {{ rows_read }} * {{ var('tolerated_quarantined_percent') }}
    )
{%- endmacro %}
