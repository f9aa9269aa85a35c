with

loaded_files as (

    select * from {{ source('onefold', 'loaded_files') }}

),

renamed_files as (

    select
        run_id,

        source_name,
        table_name,
        file_name,
        file_digest,

        load_number,
        rows_read,
        rows_quarantined,

        is_current,

        loaded_at

    from loaded_files

)

select * from renamed_files
