{# The units that an incremental model has to make, as keep_unchanged noted them. #}
{% macro changed_units() -%}
    {{ scratch_table('changed_units') }}
{%- endmacro %}
