select coalesce(max(load_number), 0) + 1 as load_number

from raw_onefold.loaded_files
