with

decisions as (

    select * from {{ source('consent', 'decisions') }}

),

ranked_decisions as (

    {{ ranked_versions('decisions', key=[clean_text('decision_id')]) }}

),

latest_decisions as (

    select
        {{ clean_text('decision_id') }} as decision_id,
        {{ clean_text('record_id') }} as record_id,

        replace(lower({{ clean_text('decision') }}), '-', '_') as decision,
        coalesce(lower({{ clean_text('purpose') }}), 'marketing') as purpose,
        lower({{ clean_text('channel') }}) as channel,
        lower({{ clean_text('source_name') }}) as source_name,
        lower({{ clean_text('record_type') }}) as record_type,
        lower({{ clean_text('identifier_type') }}) as identifier_type,
        case lower({{ clean_text('identifier_type') }})
            when 'email' then {{ normalised_email('identifier_value') }}
            when 'phone' then {{ normalised_phone('identifier_value') }}
            else {{ clean_text('identifier_value') }}
        end as identifier_value,
        {{ clean_text('identifier_value') }} as identifier_value_as_given,
        {{ clean_text('source') }} as source,
        {{ clean_text('text_version') }} as text_version,
        _file_name as file_name,

        version_count,
        _line_number as file_line_number,

        {{ to_timestamp_utc('decided_at') }} as decided_at,
        {{ to_timestamp_utc('recorded_at') }} as recorded_at

    from ranked_decisions

    where version_rank = 1

)

select * from latest_decisions
