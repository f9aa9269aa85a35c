with

web_visitors as (

    select * from {{ ref('int_identity__web_visitors') }}

),

transactions as (

    select * from {{ ref('stg_pos__transactions') }}

),

orders as (

    select * from {{ ref('stg_shop__orders') }}

),

accounts as (

    select
        user_id,

        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at

    from web_visitors

    where user_id is not null

    group by 1

),

cookies as (

    select
        anonymous_id,

        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at

    from web_visitors

    where anonymous_id is not null

    group by 1

),

cards as (

    select
        loyalty_id,

        min(occurred_at) as first_seen_at,
        max(occurred_at) as last_seen_at

    from transactions

    where loyalty_id is not null

    group by 1

),

buyers as (

    select
        user_id,

        min(ordered_at) as first_seen_at,
        max(ordered_at) as last_seen_at

    from orders

    where user_id is not null

    group by 1

),

mentioned_records as (

    select
        'user_id' as identifier_type,
        {{ source_record('web', 'account', 'user_id', {
            'user_id': 'user_id', 'is_mentioned_only': 'false',
            'first_seen_at': 'first_seen_at', 'last_seen_at': 'last_seen_at',
        }) }}

    from accounts

    union all

    select
        'cookie' as identifier_type,
        {{ source_record('web', 'cookie', 'anonymous_id', {
            'is_mentioned_only': 'false',
            'first_seen_at': 'first_seen_at', 'last_seen_at': 'last_seen_at',
        }) }}

    from cookies

    union all

    select
        'loyalty_id' as identifier_type,
        {{ source_record('pos', 'loyalty_member', 'loyalty_id', {
            'loyalty_id': 'loyalty_id', 'is_mentioned_only': 'true',
            'first_seen_at': 'first_seen_at', 'last_seen_at': 'last_seen_at',
        }) }}

    from cards

    union all

    select
        'user_id' as identifier_type,
        {{ source_record('shop', 'customer', 'user_id', {
            'user_id': 'user_id', 'is_mentioned_only': 'true',
            'first_seen_at': 'first_seen_at', 'last_seen_at': 'last_seen_at',
        }) }}

    from buyers

)

select * from mentioned_records
