-- Files that were taken away, to be replaced by others, stop nothing more.
with

counts as (

    select
        source_name || '.' || table_name as full_name,

        coalesce(
            sum(rows_quarantined) filter (where file_name in (select unnest($present))), 0
        ) as rows_quarantined,
        sum(rows_read) as rows_read

    from raw_onefold.loaded_files

    group by 1

)

select
    full_name,

    rows_quarantined,
    rows_read

from counts

where
    rows_quarantined > $tolerated_rows
    and rows_quarantined * 100 > rows_read * $tolerated_percent

order by full_name
