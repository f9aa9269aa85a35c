-- What stands in the files of a run that got no load report, since its build failed.
select
    source_name as source,
    table_name as "table",

    sum(rows_read)::bigint as rows_read,
    null as rows_staged,
    null as rows_superseded,
    sum(rows_quarantined)::bigint as rows_quarantined

from raw_onefold.loaded_files

where is_current

group by
    source_name,
    table_name

order by
    source_name,
    table_name
