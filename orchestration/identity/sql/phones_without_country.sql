-- How many phone numbers no country belongs to, and how many of them the numbering plans leave open.
with

phones as (

    select phone_as_given, phone, country from staging.stg_crm__contacts
    union all
    select phone_as_given, phone, country from staging.stg_pos__loyalty_members
    union all
    select phone_as_given, phone, country from staging.stg_shop__customers
    union all
    select phone_as_given, phone, null as country from staging.stg_pos__transactions
    union all
    select phone_as_given, phone, null as country from staging.stg_shop__orders
    union all
    select phone_as_given, phone, null as country from staging.stg_service__tickets
    union all
    select phone_as_given, phone, null as country from staging.stg_survey__responses

)

select
    count(*) filter (where phone is null) as unread_count,
    count(*) as phone_count
from phones
where
    country is null
    and phone_as_given not like '+%'
    and length(regexp_replace(phone_as_given, '[^0-9]', '', 'g')) between 7 and 12
