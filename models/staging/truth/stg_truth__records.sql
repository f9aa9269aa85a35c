with

ranked_records as (

    {{ ranked_versions(
        source('truth', 'records'),
        key=[
            'lower(' ~ clean_text('source_name') ~ ')',
            'lower(' ~ clean_text('record_type') ~ ')',
            clean_text('record_id'),
        ],
    ) }}

),

latest_records as (

    select
        {{ clean_text('record_id') }} as record_id,
        {{ clean_text('entity_id') }} as entity_id,

        lower({{ clean_text('source_name') }}) as source_name,
        lower({{ clean_text('record_type') }}) as record_type,
        _file_name as file_name,

        version_count,
        _line_number as file_line_number

    from ranked_records

    where version_rank = 1

)

select * from latest_records
