with

audience_selections as (

    select * from {{ ref('audience_selections') }}

),

suppressions as (

    select * from {{ ref('suppressions') }}

),

contact_limits as (

    select * from {{ ref('contact_limits') }}

),

events as (

    select * from {{ ref('events') }}

),

orders as (

    select * from {{ ref('orders') }}

),

order_lines as (

    select * from {{ ref('order_lines') }}

),

person_redirects as (

    select * from {{ ref('person_redirects') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

former_stays as (

    {{ previous_rows('audience_stays', {
        'audience': 'text',
        'person_id': 'text',
        'was_deliverable': 'boolean',
        'entered_at': 'timestamp',
        'left_at': 'timestamp',
    }) }}

),

declared_audiences as (

    {{ declared_audiences() }}

),

{% set first_moment = dbt.dateadd('day', '-contact_limits.within_days', 'current_run.run_at') %}
reached_limits as (

    select
        events.person_id,
        contact_limits.channel,
        contact_limits.reason,
        contact_limits.event_name,
        contact_limits.event_channel,

        contact_limits.at_least

    from events

    cross join current_run

    inner join contact_limits
        on events.event_name = contact_limits.event_name
        and (
            contact_limits.event_channel is null
            or events.channel is null
            or events.channel = contact_limits.event_channel
        )
        and events.occurred_at > {{ first_moment }}

    where events.person_id is not null and events.occurred_at <= current_run.run_at

    group by 1, 2, 3, 4, 5, 6

    having count(*) >= contact_limits.at_least

),

channel_suppressions as (

    select
        person_id,
        channel,
        reason

    from suppressions

    union distinct

    select
        person_id,
        channel,
        reason

    from reached_limits

),

{# Whoever left after a chance of being delivered has had their one delivery. #}
past_chances as (

    select
        former_stays.audience,
        coalesce(person_redirects.person_id, former_stays.person_id) as person_id,

        max(former_stays.entered_at) as entered_at

    from former_stays

    left outer join person_redirects
        on former_stays.person_id = person_redirects.former_person_id

    where former_stays.was_deliverable and former_stays.left_at is not null

    group by 1, 2

),

{# Also what was brought back: nobody wants an offer of it. #}
bought_products as (

    select distinct
        orders.person_id,
        order_lines.product_id

    from orders

    cross join current_run

    inner join order_lines
        on orders.source_name = order_lines.source_name
        and orders.order_id = order_lines.order_id

    where orders.person_id is not null and orders.ordered_at <= current_run.run_at

),

audience_suppressions as (

    select
        audience_selections.audience,
        audience_selections.person_id,

        channel_suppressions.reason

    from audience_selections

    inner join declared_audiences
        on audience_selections.audience = declared_audiences.audience

    inner join channel_suppressions
        on audience_selections.person_id = channel_suppressions.person_id
        and declared_audiences.channel = channel_suppressions.channel

    union all

    select
        audience_selections.audience,
        audience_selections.person_id,

        'had_their_chance' as reason

    from audience_selections

    inner join past_chances
        on audience_selections.audience = past_chances.audience
        and audience_selections.person_id = past_chances.person_id
        and audience_selections.once_since <= past_chances.entered_at

    union all

    select
        audience_selections.audience,
        audience_selections.person_id,

        'bought_the_product' as reason

    from audience_selections

    inner join bought_products
        on audience_selections.person_id = bought_products.person_id
        and audience_selections.promoted_product_id = bought_products.product_id

)

select * from audience_suppressions
