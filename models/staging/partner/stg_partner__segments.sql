with

ranked_segments as (

    {{ ranked_versions(
        source('partner', 'segments'),
        key=[
            clean_text('provider'),
            clean_text('segment'),
            clean_text('anonymous_id'),
            "lower(" ~ clean_text('email_sha256') ~ ")",
        ],
    ) }}

),

latest_segments as (

    select
        {{ clean_text('anonymous_id') }} as anonymous_id,

        {{ clean_text('provider') }} as provider,
        {{ clean_text('segment') }} as segment,
        lower({{ clean_text('email_sha256') }}) as email_sha256,
        _file_name as file_name,

        version_count,
        _line_number as file_line_number,

        {{ to_timestamp_utc('observed_at') }} as observed_at,
        {{ to_timestamp_utc('expires_at') }} as expires_at

    from ranked_segments

    where version_rank = 1

)

select * from latest_segments
