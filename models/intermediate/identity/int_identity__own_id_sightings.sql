{{ config(materialized='ephemeral') }}
with

described_records as (

    select * from {{ ref('int_identity__described_records') }}

),

orders as (

    select * from {{ ref('stg_shop__orders') }}

),

transactions as (

    select * from {{ ref('stg_pos__transactions') }}

),

own_id_sightings as (

    select
        record_key,
        'contact_id' as identifier_type,
        record_id as identifier_value,
        first_seen_at,
        last_seen_at

    from described_records

    where record_type = 'contact' and deleted_at is null

    union all

    select
        'shop:customer:' || user_id as record_key,
        'order_id' as identifier_type,
        order_id as identifier_value,
        ordered_at as first_seen_at,
        ordered_at as last_seen_at

    from orders

    where user_id is not null

    union all

    select
        'shop:order:' || order_id as record_key,
        'order_id' as identifier_type,
        order_id as identifier_value,
        ordered_at as first_seen_at,
        ordered_at as last_seen_at

    from orders

    where email is not null or phone is not null

    union all

    select
        'pos:loyalty_member:' || loyalty_id as record_key,
        'transaction_id' as identifier_type,
        transaction_id as identifier_value,
        occurred_at as first_seen_at,
        occurred_at as last_seen_at

    from transactions

    where loyalty_id is not null

    union all

    select
        'pos:receipt:' || transaction_id as record_key,
        'transaction_id' as identifier_type,
        transaction_id as identifier_value,
        occurred_at as first_seen_at,
        occurred_at as last_seen_at

    from transactions

    where email is not null or phone is not null

)

select * from own_id_sightings
