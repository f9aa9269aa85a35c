with

{# Of pairs of present records: keys of erased ones are published nowhere. #}
decided_pairs as (

    select * from {{ ref('int_identity__decided_pairs') }}

),

identity_decisions as (

    select
        decision_id,

        left_key,
        right_key,
        decision,
        reason,
        decided_by,

        decided_at

    from decided_pairs

)

select * from identity_decisions
