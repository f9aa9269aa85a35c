with

consents as (

    select * from {{ ref('consents') }}

),

{# Advertising networks are no channel: the latest word counts, whichever channel it names. #}
ranked_matching_consents as (

    select
        person_id,

        row_number() over (
            partition by person_id
            order by
                decided_at desc nulls last,
                is_granted asc nulls last,
                channel asc nulls last
        ) as recency_rank,

        is_granted

    from consents

    where purpose = 'ads_matching'

),

matching_consents as (

    select
        person_id,

        is_granted

    from ranked_matching_consents

    where recency_rank = 1

),

marketing_channels as (

    select
        person_id,

        count(*) filter (where channel = 'email') as email_count,
        count(*) filter (where channel = 'sms') as sms_count,
        count(*) filter (where channel = 'phone') as phone_count,
        count(*) filter (where channel = 'push') as push_count

    from consents

    where purpose = 'marketing' and is_granted

    group by 1

),

asked_people as (

    select distinct person_id from consents

),

contact_permissions as (

    select
        asked_people.person_id,

        coalesce(marketing_channels.email_count, 0) > 0 as may_email,
        coalesce(marketing_channels.sms_count, 0) > 0 as may_sms,
        coalesce(marketing_channels.phone_count, 0) > 0 as may_call,
        coalesce(marketing_channels.push_count, 0) > 0 as may_push,
        coalesce(matching_consents.is_granted, false) as may_advertise

    from asked_people

    left outer join marketing_channels
        on asked_people.person_id = marketing_channels.person_id

    left outer join matching_consents
        on asked_people.person_id = matching_consents.person_id

)

select * from contact_permissions
