{# Its rows stand in the query as constants, see junk_reason. #}
-- depends_on: {{ ref('junk_patterns') }}
with

described_records as (

    select * from {{ ref('int_identity__described_records') }}

    where deleted_at is null

),

contacting_records as (

    select * from {{ ref('int_identity__contacting_records') }}

),

junk_values as (

    select * from {{ ref('junk_values') }}

),

{% for identifier_type in ['email', 'phone'] %}
    {% for model in ['described_records', 'contacting_records'] %}
        {{ identifier_type }}s_on_{{ model }} as (

            select
                record_key,
                '{{ identifier_type }}' as identifier_type,
                {{ folded_value(identifier_type ~ '_as_given') }} as folded_value

            from {{ model }}

            where
                {{ identifier_type }} is null
                and {{ identifier_type }}_as_given is not null

        ),

    {% endfor %}
{% endfor %}
unreadable_contacts as (

    {% for identifier_type in ['email', 'phone'] %}
        {% for model in ['described_records', 'contacting_records'] %}
            select * from {{ identifier_type }}s_on_{{ model }}

            {{ 'union all' if not loop.last }}

        {% endfor %}
        {{ 'union all' if not loop.last }}

    {% endfor %}
),

named_contacts as (

    select
        record_key,
        identifier_type,
        case
            when identifier_type = 'phone' and {{ regexp_matches('folded_value', '\\d') }}
                then {{ regexp_replace_all('folded_value', '[-\\s()./]') }}
            else folded_value
        end as identifier_value

    from unreadable_contacts

),

counted_contacts as (

    select
        *,
        count(*) over (partition by identifier_type, identifier_value) as record_count

    from named_contacts

),

{# What only one record has needs no word: it could tie it to nobody. #}
shared_contacts as (

    select
        counted_contacts.record_key,
        counted_contacts.identifier_type,
        counted_contacts.identifier_value,
        coalesce(
            'junk: ' || {{ junk_verdict(
                'junk_values.reason',
                'counted_contacts.identifier_type',
                'counted_contacts.identifier_value',
            ) }},
            case
                when counted_contacts.identifier_type = 'email'
                    then 'unreadable: no e-mail address'
                else 'unreadable: no phone number of a known country'
            end
        ) as rejection_reason

    from counted_contacts

    left outer join junk_values
        on counted_contacts.identifier_value = junk_values.junk_value

    where counted_contacts.record_count > 1

)

select * from shared_contacts
