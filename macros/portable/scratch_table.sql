{# A working table beside the model that is being built; the model drops it when it is done. #}
{% macro scratch_table(name) -%}
    {{ return(api.Relation.create(
        database=this.database,
        schema=this.schema,
        identifier=this.identifier ~ '__' ~ name,
        type='table',
    )) }}
{%- endmacro %}
