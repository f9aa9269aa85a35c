with

contacts as (

    select * from {{ ref('stg_crm__contacts') }}

),

loyalty_members as (

    select * from {{ ref('stg_pos__loyalty_members') }}

),

customers as (

    select * from {{ ref('stg_shop__customers') }}

),

described_records as (

    select
        {{ source_record('crm', 'contact', 'contact_id', {
            'delivery_email': delivery_email('email_as_given'),
            'first_name': 'first_name', 'middle_name': 'middle_name', 'last_name': 'last_name',
            'sex': 'sex', 'street': 'street', 'city': 'city', 'region': 'region',
            'postcode': 'postcode', 'country': 'country',
            'is_mentioned_only': 'false', 'birth_date': 'birth_date',
            'first_seen_at': 'coalesce(created_at, updated_at)',
            'last_seen_at': 'coalesce(updated_at, created_at)',
            'updated_at': 'coalesce(updated_at, created_at)',
        }) }},
        deleted_at

    from contacts

    union all

    select
        {{ source_record('pos', 'loyalty_member', 'loyalty_id', {
            'delivery_email': delivery_email('email_as_given'),
            'first_name': 'first_name', 'last_name': 'last_name',
            'sex': 'sex', 'street': 'street', 'city': 'city', 'region': 'region',
            'postcode': 'postcode', 'country': 'country',
            'is_mentioned_only': 'false', 'birth_date': 'birth_date',
            'first_seen_at': 'coalesce(joined_at, updated_at)',
            'last_seen_at': 'coalesce(updated_at, joined_at)',
            'updated_at': 'coalesce(updated_at, joined_at)',
        }) }},
        cast(null as timestamp) as deleted_at

    from loyalty_members

    union all

    select
        {{ source_record('shop', 'customer', 'user_id', {
            'delivery_email': delivery_email('email_as_given'),
            'first_name': 'first_name', 'middle_name': 'middle_name', 'last_name': 'last_name',
            'sex': 'sex', 'street': 'street', 'city': 'city', 'region': 'region',
            'postcode': 'postcode', 'country': 'country',
            'is_mentioned_only': 'false', 'birth_date': 'birth_date',
            'first_seen_at': 'coalesce(created_at, updated_at)',
            'last_seen_at': 'coalesce(updated_at, created_at)',
            'updated_at': 'coalesce(updated_at, created_at)',
        }) }},
        deleted_at

    from customers

)

select * from described_records
