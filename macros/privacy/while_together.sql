{% macro while_together(moment) -%}
    {{ moment }} <= parted_people.parted_at
    and (parted_people.joined_at is null or {{ moment }} >= parted_people.joined_at)
{%- endmacro %}
