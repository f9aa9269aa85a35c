with

ranked_decisions as (

    {{ ranked_versions(source('consent', 'decisions'), key=[clean_text('decision_id')]) }}

),

latest_decisions as (

    select
        {{ clean_text('decision_id') }} as decision_id,
        replace(lower({{ clean_text('decision') }}), '-', '_') as decision,
        {{ decision_columns() }},
        _file_name as file_name,

        version_count,
        _line_number as file_line_number,

        {{ to_timestamp_utc('decided_at') }} as decided_at,
        {{ to_timestamp_utc('recorded_at') }} as recorded_at

    from ranked_decisions

    where version_rank = 1

)

select * from latest_decisions
