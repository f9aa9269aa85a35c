with

refused_messages as (

    select * from {{ ref('int_privacy__refused_messages') }}

),

identifier_holders as (

    select * from {{ ref('int_privacy__identifier_holders') }}

),

refused_addresses as (

    {% for identifier_type, column in [
        ('email', 'email'), ('phone', 'phone'), ('user_id', 'account_id')
    ] %}
        {%- if not loop.first %}
            union all

        {% endif -%}

        select
            message_event_id,
            '{{ identifier_type }}' as identifier_type,
            {{ column }} as identifier_value

        from refused_messages

        where {{ column }} is not null

    {% endfor %}
),

{# A refusal counts for everybody who may have meant it: all holders, not only a sure one. #}
refusing_people as (

    select distinct
        refused_messages.message_event_id,
        identifier_holders.person_id,
        refused_messages.channel,
        refused_messages.reason,
        refused_messages.address,

        refused_messages.refused_at

    from refused_messages

    inner join refused_addresses
        on refused_messages.message_event_id = refused_addresses.message_event_id

    inner join identifier_holders
        on refused_addresses.identifier_type = identifier_holders.identifier_type
        and refused_addresses.identifier_value = identifier_holders.identifier_value

)

select * from refusing_people
