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

visitor_sightings as (

    select * from {{ ref('int_identity__visitor_sightings') }}

),

own_id_sightings as (

    select * from {{ ref('int_identity__own_id_sightings') }}

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

all_sightings as (

    select * from seen_on_records

    union all

    select * from visitor_sightings

    union all

    select * from own_id_sightings

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
