with

person_records as (

    select * from {{ ref('person_records') }}

    where person_id is not null

),

identifiers as (

    select * from {{ ref('identifiers') }}

    where identifier_type in ('email', 'phone')

),

contactable_people as (

    select distinct person_id from identifiers

),

counted_people as (

    select
        person_id,

        count(*) as record_count,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at

    from person_records

    group by 1

),

people as (

    select
        counted_people.person_id,

        counted_people.record_count,

        contactable_people.person_id is not null as is_known,

        counted_people.first_seen_at,
        counted_people.last_seen_at

    from counted_people

    left outer join contactable_people
        on counted_people.person_id = contactable_people.person_id

)

select * from people
