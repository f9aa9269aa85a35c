{# Its rows stand in the query as constants, see junk_reason. #}
-- depends_on: {{ ref('junk_patterns') }}
with

sightings as (

    select * from {{ ref('int_identity__sightings') }}

),

junk_values as (

    select * from {{ ref('junk_values') }}

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

{# Orders and receipts are numbered by machines, and there are more of them than of all others. #}
distinct_values as (

    select distinct
        sightings.identifier_type,
        sightings.identifier_value,
        trim(lower(sightings.identifier_value), ' ''"') as folded_value

    from sightings

    inner join identifier_types
        on sightings.identifier_type = identifier_types.identifier_type

    where identifier_types.strength <> 'reference'

),

listed_values as (

    select
        distinct_values.identifier_type,
        distinct_values.identifier_value,
        junk_values.reason

    from distinct_values

    inner join junk_values
        on distinct_values.folded_value = junk_values.junk_value

),

matched_values as (

    select
        identifier_type,
        identifier_value,
        {{ junk_reason('identifier_type', 'folded_value') }} as reason

    from distinct_values

),

{# Shorter runs of one character are left alone: 7 and 11 are honest customer numbers. #}
repeated_characters as (

    select
        identifier_type,
        identifier_value,
        'one repeated character' as reason

    from distinct_values

    where
        length(replace(folded_value, '+', '')) >= 6
        and replace(replace(folded_value, '+', ''), right(folded_value, 1), '') = ''

),

{% if var('reserved_domains_are_junk') %}
reserved_addresses as (

    select
        identifier_type,
        identifier_value,
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

junk_identifiers as (

    select
        identifier_type,
        identifier_value,

        min(reason) as reason

    from all_junk

    where reason is not null

    group by 1, 2

)

select * from junk_identifiers
