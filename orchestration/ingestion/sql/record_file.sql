insert into raw_onefold.loaded_files (
    source_name,
    table_name,
    file_name,
    file_digest,
    load_number,
    run_id,
    rows_read,
    rows_quarantined,
    is_current,
    loaded_at
)
values (
    $source_name,
    $table_name,
    $file_name,
    $file_digest,
    $load_number,
    $run_id,
    $rows_read,
    $rows_quarantined,
    true,
    $loaded_at
)
