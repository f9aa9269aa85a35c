{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(ref('int_identity__record_evidence_units'), ['lower_node', 'upper_node', 'is_one_person']) }}"
) }}

with

units as (

    select *

    from {{ changed_units() if is_incremental() else ref('int_identity__record_evidence_units') }}

),

ruled_pairs as (

    select * from {{ ref('int_identity__ruled_pairs') }}

),

identifiers as (

    select
        identifier_number,
        identifier_type || ':' || identifier_value as identifier_id

    from {{ ref('int_identity__identifiers') }}

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

judged_pairs as (

    select
        ruled_pairs.*,
        units.is_one_person,
        units.fingerprint as unit_fingerprint

    from ruled_pairs

    inner join units
        on ruled_pairs.lower_node = units.lower_node
        and ruled_pairs.upper_node = units.upper_node

),

{# Names, dates and homes alone are common to strangers: only what a rule accepts is evidence. #}
record_evidence as (

    select
        least(lower_record.record_key, upper_record.record_key) as left_key,
        greatest(lower_record.record_key, upper_record.record_key) as right_key,
        {%- for column in ['source_name', 'record_type', 'record_id'] %}
            case
                when lower_record.record_key > upper_record.record_key
                    then lower_record.{{ column }}
                else upper_record.{{ column }}
            end as {{ column }},
        {%- endfor %}
        case
            when judged_pairs.decision is not null then 'steward'
            when judged_pairs.rule is not null then judged_pairs.rule
            when judged_pairs.shared_identifier is not null then 'shared_identifier'
            else 'similar_details'
        end as rule,
        identifiers.identifier_id,
        case
            when judged_pairs.rule is not null and judged_pairs.is_one_person then null
            when judged_pairs.decision = 'different'
                then 'steward: decided to be different people'
            when judged_pairs.is_contradicting and judged_pairs.first_name_grade = -1
                then 'veto: the first names contradict each other'
            when judged_pairs.is_contradicting and judged_pairs.middle_name_grade = -1
                then 'veto: the patronymics contradict each other'
            when judged_pairs.is_contradicting
                then 'veto: the birth dates contradict each other'
            when judged_pairs.rule is null and judged_pairs.match_probability is not null
                then 'review: possibly one person, which no rule decides'
            when judged_pairs.rule is null
                then 'condition not met: too little else agrees'
            else 'ambiguous: it would join records that contradict each other'
        end as unused_reason,
        judged_pairs.rule is not null and judged_pairs.is_one_person as is_used,
        coalesce(
            greatest(lower_record.first_seen_at, upper_record.first_seen_at),
            upper_record.first_seen_at,
            lower_record.first_seen_at
        ) as seen_at,
        judged_pairs.unit_fingerprint as fingerprint

    from judged_pairs

    inner join source_records as lower_record
        on judged_pairs.lower_node = lower_record.node

    inner join source_records as upper_record
        on judged_pairs.upper_node = upper_record.node

    left outer join identifiers
        on judged_pairs.shared_identifier = identifiers.identifier_number

    where
        judged_pairs.rule is not null
        or judged_pairs.shared_identifier is not null
        or judged_pairs.decision is not null
        or (judged_pairs.match_probability is not null and not judged_pairs.is_one_person)

)

select * from record_evidence
