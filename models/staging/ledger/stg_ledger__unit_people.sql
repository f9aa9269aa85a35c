with

unit_person as (

    select * from {{ source('ledger', 'unit_person') }}

),

unit_people as (

    select distinct
        sync,
        unit_key,
        person_id

    from unit_person

)

select * from unit_people
