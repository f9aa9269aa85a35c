select
    source_name || '.' || table_name as full_name,
    max(loaded_at) as loaded_at

from raw_onefold.loaded_files

group by 1

order by 1
