{{ config(materialized='view') }}

with

record_identifiers as (

    select * from {{ ref('int_identity__record_identifiers') }}

    where rejection_reason is null

),

person_records as (

    select * from {{ ref('int_identity__person_records') }}

    where person_id is not null

),

{# Whose a value is changes with its holders, and with the people that they belong to. #}
person_identifiers_units as (

    select
        record_identifiers.identifier_number,

        {{ mixed_fingerprint([
            'record_identifiers.identifier_number',
            fingerprint_of_rows(mixed_fingerprint([
                'record_identifiers.fingerprint',
                'person_records.person_number',
            ])),
        ]) }} as fingerprint

    from record_identifiers

    inner join person_records
        on record_identifiers.node = person_records.node

    group by 1

)

select * from person_identifiers_units
