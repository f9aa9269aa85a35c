with

person_records as (

    select * from {{ ref('int_identity__person_records') }}

),

identifier_records as (

    select * from {{ ref('identifier_records') }}

),

identifiers as (

    select * from {{ ref('int_identity__person_identifiers') }}

),

{# Cards, logins and cookies are records as well, and there their spelling is that of the source. #}
holders as (

    select
        identifier_records.identifier_type,
        person_records.record_id as identifier_value,
        person_records.person_id

    from person_records

    inner join identifier_records
        on person_records.source_name = identifier_records.source_name
        and person_records.record_type = identifier_records.record_type

    where person_records.person_id is not null

    union distinct

    select
        identifier_type,
        identifier_value,
        person_id

    from identifiers

    where identifier_type in ('email', 'phone', 'device') and person_id is not null

),

counted_holders as (

    select
        identifier_type,
        identifier_value,
        person_id,

        count(*) over (partition by identifier_type, identifier_value) as holder_count

    from holders

)

select * from counted_holders
