with

consents as (

    select * from {{ ref('consents') }}

),

suppressions as (

    select * from {{ ref('suppressions') }}

),

withdrawn_consents as (

    select person_id

    from consents

    where not is_granted

    union distinct

    select person_id

    from suppressions

    where reason in ('unsubscribed', 'complained')

)

select * from withdrawn_consents
