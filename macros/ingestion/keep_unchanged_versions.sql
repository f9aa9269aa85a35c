{# Before a staging model adds rows: keep_unchanged, where the raw rows of a key are a unit. #}
{% macro keep_unchanged_versions(relation, key) -%}
    {%- set parts = key_parts(key) -%}
    {%- set key_names = [] -%}
    {%- for part in parts -%}
        {%- do key_names.append('key_' ~ loop.index) -%}
    {%- endfor -%}
    {%- set units -%}
        (
            select
                {%- for part in parts %}
                {{ part }} as key_{{ loop.index }},
                {%- endfor %}
                {{ fingerprint_of_rows(landed_fingerprint()) }} as fingerprint
            from {{ relation }}
            group by {{ parts | join(', ') }}
        ) as units
    {%- endset -%}
    {{ keep_unchanged(units, key_names) }}
{%- endmacro %}
