with

person_records as (

    select * from {{ ref('int_identity__person_records') }}

),

{# A login is one namespace: the web shop's events and its back office write the same ids. #}
accounts as (

    select
        record_id as account_id,
        person_id

    from person_records

    where
        person_id is not null
        and (
            (source_name = 'web' and record_type = 'account')
            or (source_name = 'shop' and record_type = 'customer')
        )

),

login_owners as (

    select
        account_id,
        min(person_id) as person_id

    from accounts

    group by 1

    having count(distinct person_id) = 1

)

select * from login_owners
