with

decisions as (

    select * from {{ ref('int_privacy__decisions') }}

    where coalesce(decision, '') <> 'opt_in'

),

refused_messages as (

    select * from {{ ref('int_privacy__refused_messages') }}

    where reason <> 'bounced'

),

identifier_records as (

    select * from {{ ref('identifier_records') }}

),

{# What cannot be read names nobody. #}
refusal_names as (

    select
        'decision' as refusal_type,
        decisions.decision_id as refusal_id,
        'record' as name_type,
        {{ key_of_parts([
            'decisions.decision_id', 'decisions.source_name', 'decisions.record_type',
            'decisions.record_id',
        ]) }} as given_key,
        {{ key_of_parts([
            'decisions.decision_id', 'decisions.source_name', 'decisions.record_type',
            'decisions.record_id',
        ]) }} as name_key,
        identifier_records.identifier_type,
        decisions.record_id as identifier_value

    from decisions

    left outer join identifier_records
        on decisions.source_name = identifier_records.source_name
        and decisions.record_type = identifier_records.record_type

    where decisions.record_id is not null

    union all

    select
        'decision' as refusal_type,
        decision_id as refusal_id,
        'identifier' as name_type,
        {{ key_of_parts(['decision_id', 'identifier_type', 'identifier_value_as_given']) }}
            as given_key,
        {{ key_of_parts(['decision_id', 'identifier_type', 'identifier_value']) }} as name_key,
        case when identifier_type = 'anonymous_id' then 'cookie' else identifier_type end
            as identifier_type,
        identifier_value

    from decisions

    where identifier_value is not null

    {% for name_type, given, identifier_type in [
        ('email', 'email_as_given', 'email'),
        ('phone', 'phone_as_given', 'phone'),
        ('account_id', 'account_id', 'user_id'),
    ] %}
        union all

        select
            'message' as refusal_type,
            message_event_id as refusal_id,
            '{{ name_type }}' as name_type,
            {{ key_of_parts(['message_event_id', given]) }} as given_key,
            {{ key_of_parts(['message_event_id', name_type]) }} as name_key,
            '{{ identifier_type }}' as identifier_type,
            {{ name_type }} as identifier_value

        from refused_messages

        where {{ name_type }} is not null

    {% endfor %}
)

select * from refusal_names
