with

loaded_files as (

    select * from {{ ref('stg_onefold__loaded_files') }}

),

{# Counted from the ranking of the raw rows, not as a difference: a lost row has to show. #}
staged_counts as (

    {% for source_name, table_name in landing_tables() %}
        select
            '{{ source_name }}' as source_name,
            '{{ table_name }}' as table_name,

            count(*) as rows_staged,
            coalesce(sum(version_count - 1), 0) as rows_superseded

        from {{ ref('stg_' ~ source_name ~ '__' ~ table_name) }}

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

loaded_counts as (

    select
        source_name,
        table_name,

        sum(rows_read) as rows_read,
        sum(rows_quarantined) as rows_quarantined

    from loaded_files

    group by 1, 2

),

table_counts as (

    select
        staged_counts.source_name,
        staged_counts.table_name,

        cast(coalesce(loaded_counts.rows_read, 0) as bigint) as rows_read,
        cast(staged_counts.rows_staged as bigint) as rows_staged,
        cast(staged_counts.rows_superseded as bigint) as rows_superseded,
        cast(coalesce(loaded_counts.rows_quarantined, 0) as bigint) as rows_quarantined

    from staged_counts
    left outer join loaded_counts
        on staged_counts.source_name = loaded_counts.source_name
        and staged_counts.table_name = loaded_counts.table_name

)

select * from table_counts
