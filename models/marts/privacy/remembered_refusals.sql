with

refusals as (

    select * from {{ ref('int_privacy__refusals') }}

),

refusal_names as (

    select * from {{ ref('int_privacy__refusal_names') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

former_refusals as (

    {{ previous_rows('remembered_refusals', {
        'refusal_type': 'text',
        'refusal_id': 'text',
        'name_type': 'text',
        'given_key': 'text',
        'name_key': 'text',
        'former_person_id': 'text',
        'first_read_at': 'timestamp',
    }) }}

),

{# Another name of the same kind corrects the former one; another spelling, another normaliser or
   no name does not. #}
kept_refusals as (

    select
        former_refusals.refusal_type,
        former_refusals.refusal_id,
        former_refusals.name_type,
        coalesce(refusal_names.given_key, former_refusals.given_key) as given_key,
        coalesce(refusal_names.name_key, former_refusals.name_key) as name_key,
        former_refusals.former_person_id,

        former_refusals.first_read_at

    from former_refusals

    left outer join refusal_names
        on former_refusals.refusal_type = refusal_names.refusal_type
        and former_refusals.refusal_id = refusal_names.refusal_id
        and former_refusals.name_type = refusal_names.name_type

    where
        refusal_names.name_type is null
        or former_refusals.given_key = refusal_names.given_key
        or former_refusals.name_key = refusal_names.name_key

),

present_refusals as (

    select distinct
        refusal_type,
        refusal_id

    from refusals

),

{# Whoever comes to an address later has refused nothing, and has no part in it after leaving it. #}
remembered_refusals as (

    select kept_refusals.*

    from kept_refusals

    inner join present_refusals
        on kept_refusals.refusal_type = present_refusals.refusal_type
        and kept_refusals.refusal_id = present_refusals.refusal_id

    union all

    select
        refusals.refusal_type,
        refusals.refusal_id,
        refusal_names.name_type,
        refusal_names.given_key,
        refusal_names.name_key,
        refusals.person_id as former_person_id,

        current_run.run_at as first_read_at

    from refusals

    inner join refusal_names
        on refusals.refusal_type = refusal_names.refusal_type
        and refusals.refusal_id = refusal_names.refusal_id

    cross join current_run

    left outer join kept_refusals
        on refusal_names.refusal_type = kept_refusals.refusal_type
        and refusal_names.refusal_id = kept_refusals.refusal_id
        and refusal_names.name_type = kept_refusals.name_type

    where
        refusals.person_id is not null
        and kept_refusals.refusal_id is null

)

select * from remembered_refusals
