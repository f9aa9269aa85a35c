{{ config(materialized='view') }}
with

record_names as (

    select * from {{ ref('int_identity__record_names') }}

    where not is_nameless or birth_date is not null

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

{# A value that links nobody, junk or a hub, says nothing here either. #}
contacts as (

    select
        node,
        max(case when identifier_type = 'email' then identifier_value end) as email,
        max(case when identifier_type = 'phone' then identifier_value end) as phone

    from {{ ref('int_identity__record_identifiers') }}

    where strength = 'contact' and rejection_reason is null and not is_on_cookie

    group by 1

),

record_details as (

    select
        record_names.node,
        record_names.first_name_key as first_name,
        record_names.last_name_key as last_name,
        cast(record_names.birth_date as {{ dbt.type_string() }}) as birth_date,
        contacts.email,
        contacts.phone,
        {{ regexp_replace_all('lower(source_records.street)', '[^[:alnum:]]+', '') }} as street,
        record_names.postcode_key as postcode,
        lower(source_records.city) as city

    from record_names

    inner join source_records
        on record_names.node = source_records.node

    left outer join contacts
        on record_names.node = contacts.node

)

select * from record_details
