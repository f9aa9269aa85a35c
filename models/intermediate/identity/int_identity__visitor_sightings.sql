{{ config(materialized='ephemeral') }}
with

web_visitors as (

    select * from {{ ref('int_identity__web_visitors') }}

),

visitor_sightings as (

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

)

select * from visitor_sightings
