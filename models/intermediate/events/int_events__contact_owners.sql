with

identifiers as (

    select * from {{ ref('int_identity__person_identifiers') }}

),

{# An address of several people says nothing about which of them acted. #}
contact_owners as (

    select
        identifier_type,
        identifier_value,
        min(person_id) as person_id

    from identifiers

    where identifier_type in ('email', 'phone') and person_id is not null

    group by 1, 2

    having count(distinct person_id) = 1

)

select * from contact_owners
