{# Hangs on salt, person and audience alone, so that a person stays on one side in every run, and
   the sides of two audiences have nothing to do with each other. #}
{% macro holdout_draw(person_id, audience) -%}
    {%- set salt = "'" ~ (var('holdout_salt') | string | replace("'", "''")) ~ "|'" -%}
    left({{ dbt.hash(salt ~ " || " ~ person_id ~ " || '|' || " ~ audience) }}, 4)
{%- endmacro %}
