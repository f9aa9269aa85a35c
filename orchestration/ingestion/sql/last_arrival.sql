select max(loaded_at) as loaded_at

from raw_onefold.loaded_files

where source_name = $source_name
