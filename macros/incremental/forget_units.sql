{# After an incremental model added rows: its notes go. #}
{% macro forget_units() -%}
    {%- if is_incremental() -%}
        drop table if exists {{ scratch_table('changed_units') }}
    {%- endif -%}
{%- endmacro %}
