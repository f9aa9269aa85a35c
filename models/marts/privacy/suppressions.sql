with

refusing_people as (

    select * from {{ ref('int_privacy__refusing_people') }}

),

consent_decisions as (

    select * from {{ ref('consent_decisions') }}

),

parted_people as (

    select * from {{ ref('parted_people') }}

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

{# Who unsubscribed or complained while two were taken for one did so for both of them. #}
refusals as (

    select
        message_event_id,
        person_id,
        channel,
        reason,
        address,

        refused_at

    from refusing_people

    union distinct

    select
        refusing_people.message_event_id,
        parted_people.other_person_id as person_id,
        refusing_people.channel,
        refusing_people.reason,
        refusing_people.address,

        refusing_people.refused_at

    from refusing_people

    inner join parted_people
        on refusing_people.person_id = parted_people.person_id
        and {{ while_together('refusing_people.refused_at') }}

    where refusing_people.reason <> 'bounced'

),

{# A dead address stops mail only while it is the one in use; a refusal ends with a later yes. #}
refusals_in_force as (

    select
        refusals.message_event_id,
        refusals.person_id,
        refusals.channel,
        refusals.reason,

        refusals.refused_at

    from refusals

    left outer join opt_ins
        on refusals.person_id = opt_ins.person_id
        and refusals.channel = opt_ins.channel

    left outer join best_values
        on refusals.person_id = best_values.person_id

    where
        (
            refusals.reason <> 'bounced'
            and (
                opt_ins.opted_in_at is null
                or refusals.refused_at >= opt_ins.opted_in_at
            )
        )
        or (
            refusals.reason = 'bounced'
            and (
                refusals.address is null
                or refusals.address in (best_values.email, best_values.phone)
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
