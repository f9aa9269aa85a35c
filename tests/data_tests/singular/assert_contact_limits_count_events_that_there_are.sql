{# Names of events that onefold understands may be waited for; another that no source has is a slip.
   A failure shows the names. #}
{{ config(severity='warn', meta={'shows_figures': true}) }}
with

contact_limits as (

    select * from {{ ref('contact_limits') }}

),

known_names as (

    select distinct event_name

    from {{ ref('events') }}

    {% for event_name in [
        'page_view', 'search', 'product_view', 'add_to_cart', 'remove_from_cart',
        'add_to_favourites', 'remove_from_favourites', 'begin_checkout', 'purchase', 'login',
        'sign_up', 'subscribe_product', 'message_sent', 'message_delivered', 'message_opened',
        'message_clicked', 'message_bounced', 'message_complained', 'message_unsubscribed',
        'ticket_opened', 'survey_answered',
    ] %}
        union distinct

        select '{{ event_name }}' as event_name
    {% endfor %}

)

select distinct contact_limits.event_name

from contact_limits

left outer join known_names
    on contact_limits.event_name = known_names.event_name

where known_names.event_name is null

order by 1 nulls last
