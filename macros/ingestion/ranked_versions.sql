{# Few keys have more than one row, so only those rows are ordered: a window over all of a table
   that is wide takes as long as everything else in staging it. `relation` is the source itself and
   no import CTE: read twice, DuckDB would write that out in between. Of a key's parts, a missing
   one counts as an empty one, which clean_text never gives. Equal times are decided by the order of
   loading, so that the last row of the last file counts. #}
{% macro ranked_versions(relation, key, recency=none) -%}
    {%- set parts = [] -%}
    {%- for expression in key %}
    {%- do parts.append("coalesce(cast(" ~ expression ~ " as " ~ dbt.type_string() ~ "), '')") -%}
    {%- endfor -%}
    {%- set keys = parts | join(', ') -%}
    {%- set same_key -%}
        {%- for part in parts %}
        {{ 'and ' if not loop.first }}{{ part }} = repeated_keys.key_{{ loop.index }}
        {%- endfor %}
    {%- endset -%}
    with

    repeated_keys as (

        select
            {%- for part in parts %}
            {{ part }} as key_{{ loop.index }}{{ ',' if not loop.last }}
            {%- endfor %}

        from {{ relation }} as versions

        group by {{ keys }}

        having count(*) > 1

    )

    select
        versions.*,

        row_number() over (
            partition by {{ keys }}
            order by
                {%- if recency %}
                {{ to_timestamp_utc(recency) }} desc nulls last,
                {%- endif %}
                _load_number desc nulls last,
                _file_name desc nulls last,
                _line_number desc nulls last
        ) as version_rank,

        count(*) over (partition by {{ keys }}) as version_count

    from {{ relation }} as versions

    inner join repeated_keys
        on {{ same_key | trim }}

    union all

    select
        versions.*,
        1 as version_rank,
        1 as version_count

    from {{ relation }} as versions

    where
        not exists (
            select 1
            from repeated_keys
            where {{ same_key | trim }}
        )
{%- endmacro %}
