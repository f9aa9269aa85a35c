with

decisions as (

    select * from {{ ref('int_privacy__decisions') }}

),

identifier_records as (

    select * from {{ ref('identifier_records') }}

),

identifier_holders as (

    select * from {{ ref('int_privacy__identifier_holders') }}

),

{# A record is named by its identifier too: shop customer and web account are one login. #}
subjects as (

    select
        decisions.decision_id,
        identifier_records.identifier_type,
        decisions.record_id as identifier_value

    from decisions

    inner join identifier_records
        on decisions.source_name = identifier_records.source_name
        and decisions.record_type = identifier_records.record_type

    where decisions.record_id is not null

    union distinct

    select
        decision_id,
        case when identifier_type = 'anonymous_id' then 'cookie' else identifier_type end
            as identifier_type,
        identifier_value

    from decisions

    where identifier_value is not null

),

{# Shared only where no subject of the decision means this person alone. #}
decision_subjects as (

    select
        subjects.decision_id,
        identifier_holders.person_id,

        min(identifier_holders.holder_count) > 1 as is_shared

    from subjects

    inner join identifier_holders
        on subjects.identifier_type = identifier_holders.identifier_type
        and subjects.identifier_value = identifier_holders.identifier_value

    group by 1, 2

)

select * from decision_subjects
