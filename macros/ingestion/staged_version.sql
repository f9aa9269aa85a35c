{# One text for all but the raw rows that decides what a staging model makes of them. #}
{% macro staged_version() -%}
    {%- if not execute -%}{{ return('') }}{%- endif -%}
    {{ return(local_md5([
        graph.nodes[model.unique_id].checksum.checksum if model.unique_id in graph.nodes,
        normaliser_version(), clean_text('x'), normalised_email('x'), normalised_phone('x'),
        normalised_phone('x', 'c'), written_date('x'), country_code('x'), to_amount('x'),
        to_timestamp_utc('x'),
    ] | join(';'))) }}
{%- endmacro %}
