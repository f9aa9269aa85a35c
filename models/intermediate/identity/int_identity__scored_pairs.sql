{{ config(materialized='ephemeral') }}
with

truth_records as (

    select * from {{ ref('int_identity__truth_records') }}

),

identity_links as (

    select * from {{ ref('int_identity__evidence') }}

    where is_used

),

truth_pairs as (

    select * from {{ ref('int_identity__truth_pairs') }}

),

{# What a rule ties directly; two records may be tied by several values. #}
judged_pairs as (

    select distinct
        identity_links.rule,
        identity_links.left_key,
        identity_links.right_key,

        left_record.entity_id = right_record.entity_id as is_right

    from identity_links

    inner join truth_records as left_record
        on identity_links.left_key = left_record.record_key

    inner join truth_records as right_record
        on identity_links.right_key = right_record.record_key

),

scoped_pairs as (

    select
        'all' as scope,
        'all' as scope_name,
        pair_kind,
        pair_count

    from truth_pairs

    union all

    select
        'sources' as scope,
        scope_name,
        pair_kind,
        pair_count

    from truth_pairs

    union all

    select
        'rule' as scope,
        rule as scope_name,
        'found' as pair_kind,
        1 as pair_count

    from judged_pairs

    union all

    select
        'rule' as scope,
        rule as scope_name,
        'right' as pair_kind,
        1 as pair_count

    from judged_pairs

    where is_right

),

scored_pairs as (

    select
        scope,
        scope_name,

        cast(
            sum(case when pair_kind = 'true' then pair_count else 0 end) as bigint
        ) as true_pair_count,
        cast(
            sum(case when pair_kind = 'found' then pair_count else 0 end) as bigint
        ) as found_pair_count,
        cast(
            sum(case when pair_kind = 'right' then pair_count else 0 end) as bigint
        ) as right_pair_count

    from scoped_pairs

    group by 1, 2

)

select * from scored_pairs
