with

contacts as (

    select * from {{ ref('stg_crm__contacts') }}

),

normalised_twice as (

    select
        email,
        phone,
        {{ normalised_email('email') }} as repeated_email,
        {{ normalised_phone('phone', 'country') }} as repeated_phone,
        {{ normalised_postcode('postcode') }} as postcode_key,
        {{ normalised_postcode(normalised_postcode('postcode')) }} as repeated_postcode_key

    from contacts

)

select *

from normalised_twice

where
    repeated_email is distinct from email
    or repeated_phone is distinct from phone
    or repeated_postcode_key is distinct from postcode_key
