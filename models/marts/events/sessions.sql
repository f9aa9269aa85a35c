with

visits as (

    select * from {{ ref('int_events__visits') }}

),

landings as (

    select * from {{ ref('int_events__landings') }}

),

referrer_sites as (

    select * from {{ ref('int_events__referrer_sites') }}

),

utm_media as (

    select * from {{ ref('utm_media') }}

),

{# A tagged link says best where a visit came from; ad clicks come next, then the referrer. #}
sessions as (

    select
        visits.session_id,
        visits.person_id,
        landings.anonymous_id,

        case
            when utm_media.channel is not null then utm_media.channel
            when landings.click_id is not null then 'paid'
            when landings.utm_medium is not null then 'other'
            when landings.utm_source is not null then 'other'
            when landings.utm_campaign is not null then 'other'
            when referrer_sites.medium = 'search' then 'organic_search'
            when referrer_sites.medium is not null then referrer_sites.medium
            when landings.referrer_host is not null then 'referral'
            else 'direct'
        end as channel,
        coalesce(landings.utm_source, referrer_sites.site, landings.referrer_host)
            as traffic_source,
        landings.utm_campaign as campaign,
        landings.page_url as landing_page_url,
        landings.platform,

        visits.event_count,
        visits.page_view_count,

        visits.has_purchase,

        visits.started_at,
        visits.ended_at

    from visits

    inner join landings
        on visits.session_id = landings.session_id

    left outer join referrer_sites
        on landings.referrer_address = referrer_sites.referrer_address

    left outer join utm_media
        on landings.utm_medium = utm_media.utm_medium

)

select * from sessions
