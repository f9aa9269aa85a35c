with

web_events as (

    select * from {{ ref('stg_web__events') }}

),

sessionized as (

    select * from {{ ref('int_events__sessionized') }}

),

{# Collectors may send technical events first, so the first one on a page opens the visit. #}
ranked_events as (

    select
        sessionized.session_id,
        web_events.anonymous_id,
        lower(web_events.utm_medium) as utm_medium,
        web_events.utm_source,
        web_events.utm_campaign,
        web_events.click_id,
        web_events.page_url,
        web_events.platform,
        {{ url_host('web_events.page_url') }} as page_host,
        {{ url_host('web_events.referrer') }} as referrer_host,
        {{ url_address('web_events.referrer') }} as referrer_address,

        row_number() over (
            partition by sessionized.session_id
            order by
                case when web_events.page_url is null then 1 else 0 end asc nulls last,
                web_events.occurred_at asc nulls last,
                web_events.event_id asc nulls last
        ) as landing_rank

    from web_events

    inner join sessionized
        on web_events.event_id = sessionized.event_id

),

{# A link inside the shop is no referrer. #}
landings as (

    select
        session_id,
        anonymous_id,
        utm_medium,
        utm_source,
        utm_campaign,
        click_id,
        page_url,
        platform,
        nullif(referrer_host, page_host) as referrer_host,
        case when referrer_host = page_host then null else referrer_address end
            as referrer_address

    from ranked_events

    where landing_rank = 1

)

select * from landings
