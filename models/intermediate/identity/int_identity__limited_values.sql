{{ config(materialized='view') }}

with

record_identifiers as (

    select * from {{ ref('int_identity__record_identifiers') }}

    where rejection_reason is null and not is_on_cookie

),

identifier_types as (

    select * from {{ ref('identifier_types') }}

),

decided_pairs as (

    select * from {{ ref('int_identity__decided_pairs') }}

    where decision = 'different'

),

{# Two records that are not one person hold two values of a kind of which a person has one. #}
decided_values as (

    select
        lower_node as node,
        'decision ' || decision_id as key_type,
        {{ fingerprint_of(['decision_id', "'lower'"]) }} as key_number

    from decided_pairs

    union all

    select
        upper_node as node,
        'decision ' || decision_id as key_type,
        {{ fingerprint_of(['decision_id', "'upper'"]) }} as key_number

    from decided_pairs

),

{# The identifiers of which one person has only so many. #}
limited_values as (

    select
        record_identifiers.node,
        record_identifiers.identifier_type as key_type,
        record_identifiers.identifier_number as key_number,
        identifier_types.max_per_person

    from record_identifiers

    inner join identifier_types
        on record_identifiers.identifier_type = identifier_types.identifier_type

    where identifier_types.max_per_person is not null

    union all

    select
        node,
        key_type,
        key_number,
        1 as max_per_person

    from decided_values

)

select * from limited_values
