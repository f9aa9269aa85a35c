with

decisions as (

    select * from {{ ref('int_privacy__decisions') }}

),

decision_subjects as (

    select * from {{ ref('int_privacy__decision_subjects') }}

),

refused_messages as (

    select * from {{ ref('int_privacy__refused_messages') }}

),

refusing_people as (

    select * from {{ ref('int_privacy__refusing_people') }}

),

refusals as (

    select
        'decision' as refusal_type,
        decisions.decision_id as refusal_id,
        decision_subjects.person_id,

        decisions.decided_at as refused_at

    from decisions

    left outer join decision_subjects
        on decisions.decision_id = decision_subjects.decision_id

    where coalesce(decisions.decision, '') <> 'opt_in'

    union distinct

    select
        'message' as refusal_type,
        refused_messages.message_event_id as refusal_id,
        refusing_people.person_id,

        refused_messages.refused_at

    from refused_messages

    left outer join refusing_people
        on refused_messages.message_event_id = refusing_people.message_event_id

    where refused_messages.reason <> 'bounced'

)

select * from refusals
