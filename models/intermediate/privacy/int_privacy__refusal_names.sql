with

decisions as (

    select * from {{ ref('int_privacy__decisions') }}

    where coalesce(decision, '') <> 'opt_in'

),

refused_messages as (

    select * from {{ ref('int_privacy__refused_messages') }}

    where reason <> 'bounced'

),

{# What cannot be read names nobody. #}
refusal_names as (

    {% for name_type, parts, given_parts in [
        (
            'record',
            ['source_name', 'record_type', 'record_id'],
            ['source_name', 'record_type', 'record_id'],
        ),
        (
            'identifier',
            ['identifier_type', 'identifier_value'],
            ['identifier_type', 'identifier_value_as_given'],
        ),
    ] %}
        select
            'decision' as refusal_type,
            decision_id as refusal_id,
            '{{ name_type }}' as name_type,
            {{ key_of_parts(['decision_id'] + given_parts) }} as given_key,
            {{ key_of_parts(['decision_id'] + parts) }} as name_key

        from decisions

        where {{ parts[-1] }} is not null

        union all

    {% endfor -%}

    {% for name_type, given in [
        ('email', 'email_as_given'), ('phone', 'phone_as_given'), ('account_id', 'account_id')
    ] %}
        {%- if not loop.first %}
            union all

        {% endif -%}

        select
            'message' as refusal_type,
            message_event_id as refusal_id,
            '{{ name_type }}' as name_type,
            {{ key_of_parts(['message_event_id', given]) }} as given_key,
            {{ key_of_parts(['message_event_id', name_type]) }} as name_key

        from refused_messages

        where {{ name_type }} is not null

    {% endfor %}
)

select * from refusal_names
