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

web_visitors as (

    select * from {{ ref('int_identity__web_visitors') }}

),

orders as (

    select * from {{ ref('stg_shop__orders') }}

),

transactions as (

    select * from {{ ref('stg_pos__transactions') }}

),

{# What a record says of itself: one line for each column that holds an identifier. #}
seen_on_records as (

    {% for model in ['described_records', 'contacting_records', 'mentioned_records'] %}
        {% for identifier_type in identifier_columns() %}
            select
                record_key,
                '{{ identifier_type }}' as identifier_type,
                {{ identifier_type }} as identifier_value,
                first_seen_at,
                last_seen_at

            from {{ model }}

            where
                {{ identifier_type }} is not null
                {% if model == 'described_records' %}and deleted_at is null{% endif %}

            {{ 'union all' if not (loop.last and model == 'mentioned_records') }}

        {% endfor %}
    {% endfor %}

),

{# What events say of a login or, where nobody was logged in, of a cookie. #}
seen_on_visitors as (

    {% for identifier_type in ['email', 'phone'] %}
        select
            case
                when user_id is not null then 'web:account:' || user_id
                else 'web:cookie:' || anonymous_id
            end as record_key,
            '{{ identifier_type }}' as identifier_type,
            {{ identifier_type }} as identifier_value,
            first_seen_at,
            last_seen_at

        from web_visitors

        where {{ identifier_type }} is not null and coalesce(user_id, anonymous_id) is not null

        union all

    {% endfor %}

    {% for identifier_type, column in {
        'user_id': 'user_id', 'device': 'device_id', 'cookie': 'anonymous_id'
    }.items() %}
        select
            'web:cookie:' || anonymous_id as record_key,
            '{{ identifier_type }}' as identifier_type,
            {{ column }} as identifier_value,
            first_seen_at,
            last_seen_at

        from web_visitors

        where anonymous_id is not null and {{ column }} is not null

        {{ 'union all' if not loop.last }}

    {% endfor %}

),

{# A contact, an order and a receipt are known by their own ids as well. #}
seen_as_themselves as (

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

),

all_sightings as (

    select * from seen_on_records

    union all

    select * from seen_on_visitors

    union all

    select * from seen_as_themselves

),

sightings as (

    select
        record_key,
        identifier_type,
        identifier_value,

        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at

    from all_sightings

    group by 1, 2, 3

)

select * from sightings
