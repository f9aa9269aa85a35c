{{ config(materialized='view') }}

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

{% for mentions, mentioning, record_id, first_seen_at, last_seen_at in [
    ('accounts', 'web_visitors', 'user_id', 'first_seen_at', 'last_seen_at'),
    ('cookies', 'web_visitors', 'anonymous_id', 'first_seen_at', 'last_seen_at'),
    ('cards', 'transactions', 'loyalty_id', 'occurred_at', 'occurred_at'),
    ('buyers', 'orders', 'user_id', 'ordered_at', 'ordered_at'),
] %}
    {{ mentions }} as (

        select
            {{ record_id }},

            min({{ first_seen_at }}) as first_seen_at,
            max({{ last_seen_at }}) as last_seen_at

        from {{ mentioning }}

        where {{ record_id }} is not null

        group by 1

    ),

{% endfor %}
mentioned_records as (

    select
        'user_id' as identifier_type,
        {{ source_record('web', 'account', 'user_id', {
            'user_id': 'user_id', 'is_mentioned_only': 'false',
            'first_seen_at': 'first_seen_at', 'last_seen_at': 'last_seen_at',
            'fingerprint': fingerprint_of([
                "'web:account'", 'user_id', 'first_seen_at', 'last_seen_at'
            ]),
        }) }}

    from accounts

    union all

    select
        'cookie' as identifier_type,
        {{ source_record('web', 'cookie', 'anonymous_id', {
            'is_mentioned_only': 'false',
            'first_seen_at': 'first_seen_at', 'last_seen_at': 'last_seen_at',
            'fingerprint': fingerprint_of([
                "'web:cookie'", 'anonymous_id', 'first_seen_at', 'last_seen_at'
            ]),
        }) }}

    from cookies

    union all

    select
        'loyalty_id' as identifier_type,
        {{ source_record('pos', 'loyalty_member', 'loyalty_id', {
            'loyalty_id': 'loyalty_id', 'is_mentioned_only': 'true',
            'first_seen_at': 'first_seen_at', 'last_seen_at': 'last_seen_at',
            'fingerprint': fingerprint_of([
                "'pos:loyalty_member'", 'loyalty_id', 'first_seen_at', 'last_seen_at'
            ]),
        }) }}

    from cards

    union all

    select
        'user_id' as identifier_type,
        {{ source_record('shop', 'customer', 'user_id', {
            'user_id': 'user_id', 'is_mentioned_only': 'true',
            'first_seen_at': 'first_seen_at', 'last_seen_at': 'last_seen_at',
            'fingerprint': fingerprint_of([
                "'shop:customer'", 'user_id', 'first_seen_at', 'last_seen_at'
            ]),
        }) }}

    from buyers

)

select * from mentioned_records
