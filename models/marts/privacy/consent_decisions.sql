with

decisions as (

    select * from {{ ref('int_privacy__decisions') }}

),

decision_subjects as (

    select * from {{ ref('int_privacy__decision_subjects') }}

),

channels as (

    select * from {{ ref('channels') }}

),

refusal_subjects as (

    select * from {{ ref('refusal_subjects') }}

    where refusal_type = 'decision'

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

{# Whatever is no clear yes is a no. #}
read_decisions as (

    select
        decision_id,
        source as decision_source,
        text_version,
        purpose,
        case when channel not in ('all', 'any', '*') then channel end as channel,

        coalesce(decision = 'opt_in', false) as is_granted,

        decided_at,
        recorded_at

    from decisions

),

decisions_by_channel as (

    select
        read_decisions.*,
        channels.channel as decided_channel

    from read_decisions

    inner join channels
        on coalesce(read_decisions.channel, channels.channel) = channels.channel

    union all

    select
        read_decisions.*,
        read_decisions.channel as decided_channel

    from read_decisions

    where read_decisions.channel not in (select channels.channel from channels)

),

{# A refusal counts for more people than those whom it names. #}
subjects as (

    select
        decision_id,
        person_id,

        is_shared

    from decision_subjects

    union all

    select
        refusal_subjects.refusal_id as decision_id,
        refusal_subjects.person_id,

        true as is_shared

    from refusal_subjects

    left outer join decision_subjects
        on refusal_subjects.refusal_id = decision_subjects.decision_id
        and refusal_subjects.person_id = decision_subjects.person_id

    where decision_subjects.person_id is null

),

{# A grant must be certain to count; a withdrawal counts even where it is not. #}
judged_decisions as (

    select
        decisions_by_channel.decision_id,
        subjects.person_id,

        decisions_by_channel.purpose,
        decisions_by_channel.decided_channel as channel,
        decisions_by_channel.decision_source,
        decisions_by_channel.text_version,
        case
            when subjects.person_id is null then 'nobody_found'
            when not decisions_by_channel.is_granted then null
            when decisions_by_channel.decided_at > current_run.run_at then 'in_the_future'
            when subjects.is_shared then 'several_people'
        end as reason_not_counted,

        decisions_by_channel.is_granted,

        decisions_by_channel.decided_at,
        decisions_by_channel.recorded_at

    from decisions_by_channel

    cross join current_run

    left outer join subjects
        on decisions_by_channel.decision_id = subjects.decision_id

)

select * from judged_decisions
