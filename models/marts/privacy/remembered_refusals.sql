with

refusals as (

    select * from {{ ref('int_privacy__refusals') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

former_refusals as (

    {{ previous_rows('remembered_refusals', {
        'refusal_key': 'text',
        'former_person_id': 'text',
        'first_read_at': 'timestamp',
    }) }}

),

{# Whoever comes to an address later has refused nothing, and has no part in it after leaving it. #}
remembered_refusals as (

    select
        refusal_key,
        former_person_id,

        first_read_at

    from former_refusals

    where refusal_key in (select refusals.refusal_key from refusals)

    union all

    select
        refusals.refusal_key,
        refusals.person_id as former_person_id,

        current_run.run_at as first_read_at

    from refusals

    cross join current_run

    where
        refusals.person_id is not null
        and refusals.refusal_key not in (select former_refusals.refusal_key from former_refusals)

)

select * from remembered_refusals
