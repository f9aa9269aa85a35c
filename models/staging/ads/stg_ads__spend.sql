with

ranked_spend as (

    {{ ranked_versions(
        source('ads', 'spend'),
        key=[
            to_date('date'),
            clean_text('platform'),
            clean_text('campaign'),
        ],
    ) }}

),

latest_spend as (

    select
        {{ clean_text('platform') }} as platform,
        {{ clean_text('campaign') }} as campaign,
        upper({{ clean_text('currency') }}) as currency,
        _file_name as file_name,

        {{ to_amount('cost') }} as cost,
        {{ safe_cast('impressions', 'bigint') }} as impressions,
        {{ safe_cast('clicks', 'bigint') }} as clicks,
        version_count,
        _line_number as file_line_number,

        {{ to_date('date') }} as date

    from ranked_spend

    where version_rank = 1

)

select * from latest_spend
