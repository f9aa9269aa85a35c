with

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

record_names as (

    select * from {{ ref('int_identity__record_names') }}

),

person_records as (

    select * from {{ ref('int_identity__person_records') }}

),

visitor_contacts as (

    select * from {{ ref('int_profiles__visitor_contacts') }}

),

{# A name without a key is a placeholder: nobody is called undefined. #}
records as (

    select
        person_records.person_id,
        source_records.record_key,
        source_records.record_id,

        source_records.source_name,
        source_records.record_type,
        case when record_names.first_name_key is not null then source_records.first_name end
            as first_name,
        case when record_names.middle_name_key is not null then source_records.middle_name end
            as middle_name,
        case when record_names.last_name_key is not null then source_records.last_name end
            as last_name,
        coalesce(source_records.email, visitor_contacts.email_key) as email_key,
        coalesce(source_records.delivery_email, visitor_contacts.email) as email,
        coalesce(source_records.phone, visitor_contacts.phone) as phone,
        source_records.sex,
        source_records.street,
        source_records.city,
        source_records.region,
        source_records.postcode,
        source_records.country,

        source_records.birth_date,

        source_records.updated_at,
        source_records.last_seen_at

    from source_records

    inner join person_records
        on source_records.record_key = person_records.record_key

    left outer join record_names
        on source_records.record_key = record_names.record_key

    left outer join visitor_contacts
        on source_records.record_key = visitor_contacts.record_key

    where person_records.person_id is not null

)

select * from records
