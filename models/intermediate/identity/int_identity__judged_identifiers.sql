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

{# Shorter runs of one character are left alone: 7 and 11 are honest customer numbers. Of several
   reasons the first by its name counts. #}
judged_identifiers as (

    select
        distinct_values.identifier_number,
        least(
            junk_values.reason,
            {{ junk_reason('distinct_values.identifier_type', 'distinct_values.folded_value') }},
            {% if var('reserved_domains_are_junk') %}
                case
                    when
                        distinct_values.identifier_type = 'email'
                        and {{ regexp_matches(
                            'distinct_values.folded_value',
                            '(@|[.])(example([.](com|net|org))?|test|invalid|localhost)$'
                        ) }}
                        then 'domain reserved for examples'
                end,
            {% endif %}
            case
                when
                    length(replace(distinct_values.folded_value, '+', '')) >= 6
                    and replace(
                        replace(distinct_values.folded_value, '+', ''),
                        right(distinct_values.folded_value, 1),
                        ''
                    ) = ''
                    then 'one repeated character'
            end
        ) as reason,
        distinct_values.fingerprint

    from distinct_values

    left outer join junk_values
        on distinct_values.folded_value = junk_values.junk_value

)

select * from judged_identifiers
