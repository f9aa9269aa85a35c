{# Columns that only make sense together come from one record, so no name or address is a mix. #}
with

records as (

    select * from {{ ref('int_profiles__records') }}

),

identifiers as (

    select * from {{ ref('int_identity__person_identifiers') }}

),

candidates as (

    select
        person_id,
        record_key,
        'name' as attribute_name,
        case when first_name is not null and last_name is not null then 1 else 0 end
            as completeness

    from records

    where first_name is not null or last_name is not null

    union all

    select
        person_id,
        record_key,
        'address' as attribute_name,
        case when city is not null or postcode is not null then 1 else 0 end as completeness

    from records

    where coalesce(street, city, region, postcode, country) is not null

    {%- for column in ['birth_date', 'sex'] %}

        union all

        select
            person_id,
            record_key,
            '{{ column }}' as attribute_name,
            1 as completeness

        from records

        where {{ column }} is not null
    {%- endfor %}

    {# Only what the identity graph accepts as this person's: no junk, no kiosk address. #}
    {%- for column, key in {'email': 'email_key', 'phone': 'phone'}.items() %}

        union all

        select
            records.person_id,
            records.record_key,
            '{{ column }}' as attribute_name,
            1 as completeness

        from records

        inner join identifiers
            on records.person_id = identifiers.person_id
            and records.{{ key }} = identifiers.identifier_value
            and identifiers.identifier_type = '{{ column }}'
    {%- endfor %}

)

select * from candidates
