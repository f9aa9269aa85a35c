{# An account or a cookie has no row of its own: what it is reached by stands in its events. #}
with

web_visitors as (

    select * from {{ ref('int_identity__web_visitors') }}

),

person_records as (

    select * from {{ ref('int_identity__person_records') }}

),

identifiers as (

    select * from {{ ref('int_identity__person_identifiers') }}

),

{# Where somebody was logged in, the address is the login's, as in the identity graph. #}
seen_contacts as (

    {% for identifier_type, reached_by in {'email': 'delivery_email', 'phone': 'phone'}.items() %}
        select
            case
                when user_id is not null then 'web:account:' || user_id
                else 'web:cookie:' || anonymous_id
            end as record_key,
            '{{ identifier_type }}' as identifier_type,
            {{ identifier_type }} as identifier_value,
            {{ reached_by }} as reached_by,
            last_seen_at

        from web_visitors

        where {{ identifier_type }} is not null

        {{ 'union all' if not loop.last }}

    {% endfor %}

),

{# Only what the identity graph accepts as this person's: no junk, no kiosk address. #}
ranked_contacts as (

    select
        seen_contacts.record_key,
        seen_contacts.identifier_type,
        seen_contacts.identifier_value,
        seen_contacts.reached_by,

        row_number() over (
            partition by seen_contacts.record_key, seen_contacts.identifier_type
            order by
                seen_contacts.last_seen_at desc nulls last,
                seen_contacts.reached_by asc nulls last
        ) as recency_rank

    from seen_contacts

    inner join person_records
        on seen_contacts.record_key = person_records.record_key

    inner join identifiers
        on person_records.person_id = identifiers.person_id
        and seen_contacts.identifier_type = identifiers.identifier_type
        and seen_contacts.identifier_value = identifiers.identifier_value

),

{# One row per record and type, so each maximum is over a single value. #}
visitor_contacts as (

    select
        record_key,

        max(case when identifier_type = 'email' then identifier_value end) as email_key,
        max(case when identifier_type = 'email' then reached_by end) as email,
        max(case when identifier_type = 'phone' then reached_by end) as phone

    from ranked_contacts

    where recency_rank = 1

    group by 1

)

select * from visitor_contacts
