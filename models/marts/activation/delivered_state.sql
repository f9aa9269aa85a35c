with

effects as (

    select * from {{ ref('int_activation__effects') }}

),

checkpointed_units as (

    select * from {{ ref('int_activation__checkpointed_units') }}

),

{# Of the attempts of one operation the surest counts, not the last one. #}
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
                ordinal desc nulls last,
                is_certain desc nulls last,
                attempt desc nulls last,
                doubted_until desc nulls last
        ) as recency_rank,

        is_certain,

        delivered_at,
        doubted_until

    from effects

),

{# Most units have been left alone since the checkpoint, and have no effects. #}
units_left_alone as (

    select
        checkpointed_units.sync,
        checkpointed_units.unit_key,
        checkpointed_units.row_hash,

        checkpointed_units.is_certain,

        checkpointed_units.delivered_at,
        cast(null as timestamp) as doubted_until

    from checkpointed_units

    left outer join effects
        on checkpointed_units.sync = effects.sync
        and checkpointed_units.unit_key = effects.unit_key

    where effects.unit_key is null

),

{# A unit whose last effect is not certain may be held: it has no digest, so that it is sent
   again while it is wanted, and removed when it is not. #}
delivered_state as (

    select
        sync,
        unit_key as key,
        case when is_certain then row_hash end as row_hash,

        is_certain,

        delivered_at,
        doubted_until

    from ranked_effects

    where
        recency_rank = 1
        and (op = 'upsert' or not is_certain)

    union all

    select
        sync,
        unit_key as key,
        row_hash,

        is_certain,

        delivered_at,
        doubted_until

    from units_left_alone

)

select * from delivered_state
