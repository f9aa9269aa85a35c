with

identity_decisions as (

    select * from {{ source('onefold', 'identity_decisions') }}

),

{# A later decision on the same two records takes the place of an earlier one, or undoes it. #}
ranked_decisions as (

    select
        decision_id,

        decision,
        left_key,
        right_key,
        reason,
        decided_by,

        row_number() over (
            partition by left_key, right_key
            order by decision_number desc nulls last, decision_id desc nulls last
        ) as recency_rank,

        decided_at

    from identity_decisions

),

standing_decisions as (

    select
        decision_id,

        decision,
        left_key,
        right_key,
        reason,
        decided_by,

        decided_at

    from ranked_decisions

    where recency_rank = 1 and decision in ('same', 'different')

)

select * from standing_decisions
