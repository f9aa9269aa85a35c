{# Few keys have more than one row, so only those rows are ordered: a window over all of a table
   that is wide takes as long as everything else in staging it. `relation` is the source itself and
   no import CTE: read twice, DuckDB would write that out in between. Equal times are decided by the
   order of loading, so that the last row of the last file counts. A model with keep_unchanged_versions
   as its pre-hook gets only the rows of the keys of which something came or went. #}
{% macro ranked_versions(relation, key, recency=none) -%}
    {%- set parts = key_parts(key) -%}
    {%- set keys = parts | join(', ') -%}
    {#- A unit test has no `this`. -#}
    {%- set is_partial = this and is_incremental() -%}
    {%- set versions = 'changed_versions' if is_partial else relation -%}
    with

    {% if is_partial %}
    changed_versions as (

        select versions.*

        from {{ relation }} as versions

        inner join {{ scratch_table('changed_units') }} as changed_units
            on {{ is_same_key(parts, 'changed_units') }}

    ),
    {% endif %}

    repeated_keys as (

        select
            {%- for part in parts %}
            {{ part }} as key_{{ loop.index }}{{ ',' if not loop.last }}
            {%- endfor %}

        from {{ versions }} as versions

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

        count(*) over (partition by {{ keys }}) as version_count,
        {{ fingerprint_of_rows(landed_fingerprint(), over='partition by ' ~ keys) }} as fingerprint

    from {{ versions }} as versions

    inner join repeated_keys
        on {{ is_same_key(parts, 'repeated_keys') }}

    union all

    select
        versions.*,
        1 as version_rank,
        1 as version_count,
        {{ landed_fingerprint() }} as fingerprint

    from {{ versions }} as versions

    where
        not exists (
            select 1
            from repeated_keys
            where {{ is_same_key(parts, 'repeated_keys') }}
        )
{%- endmacro %}
