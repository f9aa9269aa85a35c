{{ config(materialized='view') }}

with

transactions as (

    select * from {{ ref('stg_pos__transactions') }}

),

orders as (

    select * from {{ ref('stg_shop__orders') }}

),

tickets as (

    select * from {{ ref('stg_service__tickets') }}

),

survey_responses as (

    select * from {{ ref('stg_survey__responses') }}

),

contacting_records as (

    select
        {{ source_record('pos', 'receipt', 'transaction_id', {
            'email_as_given': 'email_as_given', 'phone_as_given': 'phone_as_given',
            'is_mentioned_only': 'false',
            'first_seen_at': 'occurred_at', 'last_seen_at': 'occurred_at',
            'updated_at': 'occurred_at', 'fingerprint': 'fingerprint',
        }) }}

    from transactions

    where email is not null or phone is not null

    union all

    select
        {{ source_record('shop', 'order', 'order_id', {
            'email_as_given': 'email_as_given', 'phone_as_given': 'phone_as_given',
            'is_mentioned_only': 'false',
            'first_seen_at': 'ordered_at', 'last_seen_at': 'ordered_at',
            'updated_at': 'ordered_at', 'fingerprint': 'fingerprint',
        }) }}

    from orders

    where email is not null or phone is not null

    union all

    select
        {{ source_record('service', 'ticket', 'ticket_id', {
            'email_as_given': 'email_as_given', 'phone_as_given': 'phone_as_given',
            'is_mentioned_only': 'false',
            'first_seen_at': 'created_at', 'last_seen_at': 'created_at',
            'updated_at': 'created_at', 'fingerprint': 'fingerprint',
        }) }}

    from tickets

    where email is not null or phone is not null

    union all

    select
        {{ source_record('survey', 'response', 'response_id', {
            'email_as_given': 'email_as_given', 'phone_as_given': 'phone_as_given',
            'is_mentioned_only': 'false',
            'first_seen_at': 'answered_at', 'last_seen_at': 'answered_at',
            'updated_at': 'answered_at', 'fingerprint': 'fingerprint',
        }) }}

    from survey_responses

    where email is not null or phone is not null

)

select * from contacting_records
