-- What the new version of a file brings again; the rest of the former ones is history.
delete from {raw}
where
    _file_name = $file_name
    and _load_number < $load_number
    and _row_digest in (
        select _row_digest
        from {raw}
        where _file_name = $file_name and _load_number = $load_number
    )
