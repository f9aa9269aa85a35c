with

person_records as (

    select * from {{ ref('person_records') }}

    where person_id is not null

),

identifiers as (

    select * from {{ ref('identifiers') }}

    where identifier_type in ('email', 'phone')

),

orders as (

    select * from {{ ref('int_orders__attributed') }}

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

{# A card may be used before its holder's record is made, and long after it last changed. #}
purchases as (

    select
        person_id,

        min(ordered_at) as first_ordered_at,
        max(ordered_at) as last_ordered_at

    from orders

    where person_id is not null and not is_in_the_future

    group by 1

),

people as (

    select
        counted_people.person_id,

        counted_people.record_count,

        contactable_people.person_id is not null as is_known,

        least(counted_people.first_seen_at, purchases.first_ordered_at) as first_seen_at,
        greatest(counted_people.last_seen_at, purchases.last_ordered_at) as last_seen_at

    from counted_people

    left outer join contactable_people
        on counted_people.person_id = contactable_people.person_id

    left outer join purchases
        on counted_people.person_id = purchases.person_id

)

select * from people
