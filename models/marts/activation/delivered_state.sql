with

effects as (

    select * from {{ ref('int_activation__effects') }}

),

ranked_effects as (

    select
        sync,
        unit_key,
        op,
        row_hash,

        row_number() over (
            partition by sync, unit_key
            order by
                run_number desc nulls last,
                batch_number desc nulls last,
                ordinal desc nulls last
        ) as recency_rank,

        is_certain,

        delivered_at

    from effects

),

{# A unit whose last effect is not certain may be held: it has no digest, so that it is sent
   again while it is wanted, and removed when it is not. #}
delivered_state as (

    select
        sync,
        unit_key as key,
        case when is_certain then row_hash end as row_hash,

        is_certain,

        delivered_at

    from ranked_effects

    where
        recency_rank = 1
        and (op = 'upsert' or not is_certain)

)

select * from delivered_state
