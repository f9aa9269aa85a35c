{{ config(materialized='ephemeral') }}
with

truth_records as (

    select * from {{ ref('int_identity__truth_records') }}

),

identity_links as (

    select * from {{ ref('int_identity__evidence') }}

    where is_used

),

sources as (

    select distinct source_name from truth_records

),

source_pairs as (

    select
        lower_source.source_name as lower_source_name,
        upper_source.source_name as upper_source_name

    from sources as lower_source

    inner join sources as upper_source
        on lower_source.source_name <= upper_source.source_name

),

{# A record is in many scopes, but only once in each, however many links of a rule it has. #}
scoped_records as (

    select
        'all' as scope,
        'all' as scope_name,
        record_key

    from truth_records

    union distinct

    select
        'sources' as scope,
        {{ source_pair('source_pairs.lower_source_name', 'source_pairs.upper_source_name') }}
            as scope_name,
        truth_records.record_key

    from source_pairs

    inner join truth_records
        on source_pairs.lower_source_name = truth_records.source_name
        or source_pairs.upper_source_name = truth_records.source_name

    union distinct

    select
        'rule' as scope,
        rule as scope_name,
        left_key as record_key

    from identity_links

    union distinct

    select
        'rule' as scope,
        rule as scope_name,
        right_key as record_key

    from identity_links

),

{# Bagga and Baldwin (1998): each record asks how much of its person is right, and is there. #}
scored_records as (

    select
        scoped_records.scope,
        scoped_records.scope_name,

        count(*) as record_count,
        count(distinct truth_records.entity_id) as entity_count,
        count(distinct truth_records.person_id) as person_count,
        count(distinct case
            when truth_records.person_entity_count > 1 then truth_records.person_id
        end) as over_merged_person_count,
        count(distinct case
            when truth_records.entity_person_count > 1 then truth_records.entity_id
        end) as under_merged_entity_count,
        sum(
            {{ share('shared_record_count', 'person_record_count', digits=12) }}
        ) as right_share_sum,
        sum(
            {{ share('shared_record_count', 'entity_record_count', digits=12) }}
        ) as found_share_sum

    from scoped_records

    inner join truth_records
        on scoped_records.record_key = truth_records.record_key

    group by 1, 2

)

select * from scored_records
