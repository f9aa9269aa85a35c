with

unit_people as (

    select * from {{ ref('int_activation__unit_people') }}

),

key_holders as (

    select
        sync,
        unit_key as key,
        person_id,

        is_current

    from unit_people

)

select * from key_holders
