-- Former versions of a file count for the rows that are left of them.
update raw_onefold.loaded_files
set
    is_current = false,
    rows_quarantined = 0,
    rows_read = (
        select count(*)
        from {raw} as held
        where
            held._file_name = loaded_files.file_name
            and held._load_number = loaded_files.load_number
    )
where
    source_name = $source_name
    and table_name = $table_name
    and file_name = $file_name
