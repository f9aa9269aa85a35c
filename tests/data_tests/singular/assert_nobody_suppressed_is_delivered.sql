with

suppressions as (

    select * from {{ ref('suppressions') }}

),

lapsed_customers as (

    select * from {{ ref('sync_webhook__lapsed_customers') }}

),

abandoned_carts as (

    select * from {{ ref('sync_csv__abandoned_carts') }}

),

delivered_people as (

    select person_id from lapsed_customers

    union distinct

    select person_id from abandoned_carts

)

select delivered_people.person_id

from delivered_people

inner join suppressions
    on delivered_people.person_id = suppressions.person_id
    and suppressions.channel = 'email'
