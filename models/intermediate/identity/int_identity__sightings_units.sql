{{ config(materialized='view') }}

with

described_records as (

    select * from {{ ref('int_identity__described_records') }}

),

contacting_records as (

    select * from {{ ref('int_identity__contacting_records') }}

),

mentioned_records as (

    select * from {{ ref('int_identity__mentioned_records') }}

),

visitor_sightings as (

    select * from {{ ref('int_identity__visitor_sightings') }}

),

orders as (

    select * from {{ ref('stg_shop__orders') }}

),

transactions as (

    select * from {{ ref('stg_pos__transactions') }}

),

{# All rows that say something of a record, its own and those of others. #}
mentions as (

    {% for model in ['described_records', 'contacting_records', 'mentioned_records'] %}
        select
            record_key,
            fingerprint

        from {{ model }}

        union all

    {% endfor %}

    select
        'shop:customer:' || user_id as record_key,
        fingerprint

    from orders

    where user_id is not null

    union all

    select
        'pos:loyalty_member:' || loyalty_id as record_key,
        fingerprint

    from transactions

    where loyalty_id is not null

    union all

    select
        record_key,
        {{ fingerprint_of([
            'record_key', 'identifier_type', 'identifier_value', 'first_seen_at', 'last_seen_at'
        ]) }} as fingerprint

    from visitor_sightings

),

sightings_units as (

    select
        record_key,

        {{ fingerprint_of_rows(
            mixed_fingerprint(['fingerprint', text_fingerprint(identity_version())])
        ) }} as fingerprint

    from mentions

    group by 1

)

select * from sightings_units
