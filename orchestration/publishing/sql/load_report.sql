select
    source_name as source,
    table_name as "table",

    rows_read,
    rows_staged,
    rows_superseded,
    rows_quarantined

from marts.load_report

order by
    source_name,
    table_name
