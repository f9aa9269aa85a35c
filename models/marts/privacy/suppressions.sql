with

refusing_people as (

    select * from {{ ref('int_privacy__refusing_people') }}

),

consent_decisions as (

    select * from {{ ref('consent_decisions') }}

),

best_values as (

    select * from {{ ref('int_profiles__best_values') }}

),

opt_ins as (

    select
        person_id,
        channel,

        max(decided_at) as opted_in_at

    from consent_decisions

    where purpose = 'marketing' and is_granted and reason_not_counted is null

    group by 1, 2

),

{# A dead address stops mail only while it is the one in use; a refusal ends with a later yes. #}
refusals_in_force as (

    select
        refusing_people.message_event_id,
        refusing_people.person_id,
        refusing_people.channel,
        refusing_people.reason,

        refusing_people.refused_at

    from refusing_people

    left outer join opt_ins
        on refusing_people.person_id = opt_ins.person_id
        and refusing_people.channel = opt_ins.channel

    left outer join best_values
        on refusing_people.person_id = best_values.person_id

    where
        (
            refusing_people.reason <> 'bounced'
            and (
                opt_ins.opted_in_at is null
                or refusing_people.refused_at >= opt_ins.opted_in_at
            )
        )
        or (
            refusing_people.reason = 'bounced'
            and (
                refusing_people.address is null
                or refusing_people.address in (best_values.email, best_values.phone)
            )
        )

),

ranked_refusals as (

    select
        person_id,

        channel,
        reason,

        row_number() over (
            partition by person_id, channel
            order by refused_at desc nulls last, message_event_id asc nulls last
        ) as recency_rank,

        refused_at

    from refusals_in_force

),

suppressions as (

    select
        person_id,

        channel,
        reason,

        refused_at as suppressed_at

    from ranked_refusals

    where recency_rank = 1

)

select * from suppressions
