{{ config(materialized='view') }}

with

ruled_pairs as (

    select * from {{ ref('int_identity__ruled_pairs') }}

    where
        rule is not null
        or shared_identifier is not null
        or decision is not null
        or match_probability is not null

),

record_groups as (

    select * from {{ ref('int_identity__record_groups') }}

),

record_evidence_units as (

    select
        ruled_pairs.lower_node,
        ruled_pairs.upper_node,
        lower_group.group_node = upper_group.group_node as is_one_person,
        {{ mixed_fingerprint([
            'ruled_pairs.fingerprint', 'lower_group.fingerprint', 'upper_group.fingerprint',
            'case when lower_group.group_node = upper_group.group_node then 1 else 0 end'
        ]) }} as fingerprint

    from ruled_pairs

    inner join record_groups as lower_group
        on ruled_pairs.lower_node = lower_group.node

    inner join record_groups as upper_group
        on ruled_pairs.upper_node = upper_group.node

)

select * from record_evidence_units
