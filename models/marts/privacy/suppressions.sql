with

refusing_people as (

    select * from {{ ref('int_privacy__refusing_people') }}

),

consent_decisions as (

    select * from {{ ref('consent_decisions') }}

),

refused_messages as (

    select * from {{ ref('int_privacy__refused_messages') }}

),

refusal_subjects as (

    select * from {{ ref('refusal_subjects') }}

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

{# A dead address is whose it is; who unsubscribed did so for more than that address. #}
refusals as (

    select
        message_event_id,
        person_id,
        channel,
        reason,
        address,

        refused_at

    from refusing_people

    where reason = 'bounced'

    union all

    select
        refused_messages.message_event_id,
        refusal_subjects.person_id,
        refused_messages.channel,
        refused_messages.reason,
        refused_messages.address,

        refused_messages.refused_at

    from refused_messages

    inner join refusal_subjects
        on refused_messages.message_event_id = refusal_subjects.refusal_id

    where refusal_subjects.refusal_type = 'message'

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
