with

consent_decisions as (

    select * from {{ ref('consent_decisions') }}

),

{# Of two decisions at one instant the refusal counts. #}
ranked_decisions as (

    select
        decision_id,
        person_id,

        purpose,
        channel,

        row_number() over (
            partition by person_id, purpose, channel
            order by
                decided_at desc nulls last,
                is_granted asc nulls last,
                decision_id asc nulls last
        ) as recency_rank,

        is_granted,

        decided_at

    from consent_decisions

    where reason_not_counted is null

),

consents as (

    select
        person_id,
        decision_id,

        purpose,
        channel,

        is_granted,

        decided_at

    from ranked_decisions

    where recency_rank = 1

)

select * from consents
