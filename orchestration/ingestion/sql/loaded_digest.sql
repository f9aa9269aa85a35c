select file_digest

from raw_onefold.loaded_files

where
    source_name = $source_name
    and table_name = $table_name
    and file_name = $file_name
    and is_current
