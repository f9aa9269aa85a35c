{{ config(materialized='view') }}

with

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

contacts as (

    select * from {{ ref('stg_crm__contacts') }}

),

loyalty_members as (

    select * from {{ ref('stg_pos__loyalty_members') }}

),

customers as (

    select * from {{ ref('stg_shop__customers') }}

),

stacked_records as (

    select
        {{ source_record('crm', 'contact', 'contact_id', {
            'email_as_given': 'email_as_given', 'phone_as_given': 'phone_as_given',
            'first_name': 'first_name', 'middle_name': 'middle_name', 'last_name': 'last_name',
            'sex': 'sex', 'street': 'street', 'city': 'city', 'region': 'region',
            'postcode': 'postcode', 'country': 'country',
            'is_mentioned_only': 'false', 'birth_date': 'birth_date',
            'first_seen_at': 'coalesce(created_at, updated_at)',
            'last_seen_at': 'coalesce(updated_at, created_at)',
            'updated_at': 'coalesce(updated_at, created_at)',
            'fingerprint': 'fingerprint',
        }) }},
        deleted_at

    from contacts

    union all

    select
        {{ source_record('pos', 'loyalty_member', 'loyalty_id', {
            'email_as_given': 'email_as_given', 'phone_as_given': 'phone_as_given',
            'first_name': 'first_name', 'last_name': 'last_name',
            'sex': 'sex', 'street': 'street', 'city': 'city', 'region': 'region',
            'postcode': 'postcode', 'country': 'country',
            'is_mentioned_only': 'false', 'birth_date': 'birth_date',
            'first_seen_at': 'coalesce(joined_at, updated_at)',
            'last_seen_at': 'coalesce(updated_at, joined_at)',
            'updated_at': 'coalesce(updated_at, joined_at)',
            'fingerprint': 'fingerprint',
        }) }},
        cast(null as timestamp) as deleted_at

    from loyalty_members

    union all

    select
        {{ source_record('shop', 'customer', 'user_id', {
            'email_as_given': 'email_as_given', 'phone_as_given': 'phone_as_given',
            'first_name': 'first_name', 'middle_name': 'middle_name', 'last_name': 'last_name',
            'sex': 'sex', 'street': 'street', 'city': 'city', 'region': 'region',
            'postcode': 'postcode', 'country': 'country',
            'is_mentioned_only': 'false', 'birth_date': 'birth_date',
            'first_seen_at': 'coalesce(created_at, updated_at)',
            'last_seen_at': 'coalesce(updated_at, created_at)',
            'updated_at': 'coalesce(updated_at, created_at)',
            'fingerprint': 'fingerprint',
        }) }},
        deleted_at

    from customers

),

{# What is plausible today may not be tomorrow. #}
{% set birth_date = plausible_birth_date('stacked_records.birth_date', 'current_run.run_at') %}
described_records as (

    select
        {{ source_record_columns(but=['birth_date', 'fingerprint']) }},
        {{ birth_date }} as birth_date,
        {{ mixed_fingerprint([
            'stacked_records.fingerprint',
            'case when ' ~ birth_date ~ ' is null then 0 else 1 end',
        ]) }} as fingerprint,
        stacked_records.deleted_at

    from stacked_records

    cross join current_run

)

select * from described_records
