with

unit_person as (

    select * from {{ source('ledger', 'unit_person') }}

),

unit_people as (

    select
        sync,
        unit_key,
        person_id,

        max(run_no) as run_number

    from unit_person

    group by 1, 2, 3

)

select * from unit_people
