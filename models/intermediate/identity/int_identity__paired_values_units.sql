{{ config(materialized='view') }}

with

match_keys as (

    select * from {{ ref('int_identity__match_keys') }}

),

{# A value pairs its holders anew where one came or went, or says something else of itself. #}
paired_values_units as (

    select
        key_number,

        {{ mixed_fingerprint(['key_number', fingerprint_of_rows('details_fingerprint')]) }}
            as fingerprint

    from match_keys

    group by 1

    having count(*) > 1

)

select * from paired_values_units
