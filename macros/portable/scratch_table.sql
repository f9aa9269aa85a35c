{# A working table of the model that is being built; the model drops it when it is done. #}
{% macro scratch_table(name) -%}
    {{ return(adapter.dispatch('scratch_table', 'onefold')(name)) }}
{%- endmacro %}

{# Beside the model: each statement may be another session. #}
{% macro default__scratch_table(name) -%}
    {{ return(api.Relation.create(
        database=this.database,
        schema=this.schema,
        identifier=this.identifier ~ '__' ~ name,
        type='table',
    )) }}
{%- endmacro %}

{# A temporary table is neither compressed nor logged, and a model is built in one session. #}
{% macro duckdb__scratch_table(name) -%}
    {{ return(api.Relation.create(
        database='temp',
        schema='main',
        identifier=this.identifier ~ '__' ~ name,
        type='table',
    )) }}
{%- endmacro %}
