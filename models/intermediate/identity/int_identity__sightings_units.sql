{{ config(materialized='view') }}

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

{# All rows that say something of a record, its own and those of others. #}
mentions as (

    {% for model in ['described_records', 'contacting_records', 'mentioned_records'] %}
        select
            record_key,
            fingerprint

        from {{ model }}

        union all

    {% endfor %}

    {% for model in ['visitor_sightings', 'own_id_sightings'] %}
        select
            record_key,
            {{ fingerprint_of([
                'record_key', 'identifier_type', 'identifier_value', 'first_seen_at', 'last_seen_at'
            ]) }} as fingerprint

        from {{ model }}

        {{ 'union all' if not loop.last }}

    {% endfor %}

),

sightings_units as (

    select
        record_key,

        {{ common_fingerprint(
            mixed_fingerprint(['fingerprint', text_fingerprint(identity_version())])
        ) }} as fingerprint

    from mentions

    group by 1

)

select * from sightings_units
