{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(
        ref('int_identity__judged_identifiers_units'), ['identifier_number']
    ) }}"
) }}

{# Its rows stand in the query as constants, see junk_reason. #}
-- depends_on: {{ ref('junk_patterns') }}
with

units as (

    select *

    from
        {{
            changed_units() if is_incremental()
            else ref('int_identity__judged_identifiers_units')
        }}

),

sightings as (

    select * from {{ ref('int_identity__sightings') }}

),

junk_values as (

    select * from {{ ref('junk_values') }}

),

distinct_values as (

    select
        units.identifier_number,
        units.fingerprint,
        min(sightings.identifier_type) as identifier_type,
        trim(lower(min(sightings.identifier_value)), ' ''"') as folded_value

    from sightings

    inner join units
        on sightings.identifier_number = units.identifier_number

    group by 1, 2

),

listed_values as (

    select
        distinct_values.identifier_number,
        junk_values.reason

    from distinct_values

    inner join junk_values
        on distinct_values.folded_value = junk_values.junk_value

),

matched_values as (

    select
        identifier_number,
        {{ junk_reason('identifier_type', 'folded_value') }} as reason

    from distinct_values

),

{# Shorter runs of one character are left alone: 7 and 11 are honest customer numbers. #}
repeated_characters as (

    select
        identifier_number,
        'one repeated character' as reason

    from distinct_values

    where
        length(replace(folded_value, '+', '')) >= 6
        and replace(replace(folded_value, '+', ''), right(folded_value, 1), '') = ''

),

{% if var('reserved_domains_are_junk') %}
reserved_addresses as (

    select
        identifier_number,
        'domain reserved for examples' as reason

    from distinct_values

    where
        identifier_type = 'email'
        and {{ regexp_matches(
            'folded_value', '(@|[.])(example([.](com|net|org))?|test|invalid|localhost)$'
        ) }}

),
{% endif %}

all_junk as (

    select * from listed_values

    union all

    select * from matched_values

    union all

    select * from repeated_characters

    {% if var('reserved_domains_are_junk') %}
        union all

        select * from reserved_addresses
    {% endif %}

),

reasons as (

    select
        identifier_number,

        min(reason) as reason

    from all_junk

    where reason is not null

    group by 1

),

judged_identifiers as (

    select
        distinct_values.identifier_number,
        reasons.reason,
        distinct_values.fingerprint

    from distinct_values

    left outer join reasons
        on distinct_values.identifier_number = reasons.identifier_number

)

select * from judged_identifiers
