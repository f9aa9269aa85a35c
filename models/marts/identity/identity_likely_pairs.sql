with

likely_pairs as (

    select * from {{ ref('int_identity__likely_pairs') }}

),

ruled_pairs as (

    select * from {{ ref('int_identity__ruled_pairs') }}

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

person_records as (

    select * from {{ ref('int_identity__person_records') }}

),

identity_likely_pairs as (

    select
        lower_record.record_key as left_key,
        upper_record.record_key as right_key,
        lower_person.person_id as left_person_id,
        upper_person.person_id as right_person_id,
        likely_pairs.match_probability,
        likely_pairs.match_account,
        case
            when ruled_pairs.decision is not null then 'decided'
            when lower_person.person_id = upper_person.person_id then 'joined'
            when ruled_pairs.rule is not null then 'blocked'
            when ruled_pairs.is_contradicting then 'vetoed'
            else 'to review'
        end as outcome

    from likely_pairs

    inner join ruled_pairs
        on likely_pairs.lower_node = ruled_pairs.lower_node
        and likely_pairs.upper_node = ruled_pairs.upper_node

    inner join source_records as lower_record
        on likely_pairs.lower_node = lower_record.node

    inner join source_records as upper_record
        on likely_pairs.upper_node = upper_record.node

    inner join person_records as lower_person
        on lower_record.record_key = lower_person.record_key

    inner join person_records as upper_person
        on upper_record.record_key = upper_person.record_key

)

select * from identity_likely_pairs
