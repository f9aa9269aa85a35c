with

noted_people as (

    select * from {{ ref('stg_ledger__unit_people') }}

),

operations as (

    select * from {{ ref('stg_ledger__operations') }}

),

{# Where nobody was noted, the unit is the person. #}
unit_people as (

    select
        sync,
        unit_key,
        person_id,

        run_number = max(run_number) over (partition by sync, unit_key) as is_current

    from noted_people

    union all

    select distinct
        operations.sync,
        operations.unit_key,
        operations.unit_key as person_id,

        true as is_current

    from operations

    left outer join noted_people
        on operations.sync = noted_people.sync
        and operations.unit_key = noted_people.unit_key

    where noted_people.unit_key is null

)

select * from unit_people
