with

scored_records as (

    select * from {{ ref('int_identity__scored_records') }}

),

scored_pairs as (

    select * from {{ ref('int_identity__scored_pairs') }}

),

current_run as (

    select * from {{ ref('stg_onefold__current_run') }}

),

{# A rule is held against all that was to be found, which is also the most there is. #}
counted_scopes as (

    select
        scored_records.*,
        coalesce(scored_pairs.found_pair_count, 0) as found_pair_count,
        coalesce(scored_pairs.right_pair_count, 0) as right_pair_count,
        case
            when scored_records.scope = 'rule' then max(scored_pairs.true_pair_count) over ()
            else coalesce(scored_pairs.true_pair_count, 0)
        end as true_pair_count

    from scored_records

    left outer join scored_pairs
        on scored_records.scope = scored_pairs.scope
        and scored_records.scope_name = scored_pairs.scope_name

),

identity_quality as (

    select
        current_run.run_id,

        counted_scopes.scope,
        counted_scopes.scope_name,

        counted_scopes.record_count,
        counted_scopes.entity_count,
        counted_scopes.person_count,
        counted_scopes.over_merged_person_count,
        counted_scopes.under_merged_entity_count,
        counted_scopes.true_pair_count,
        counted_scopes.found_pair_count,
        counted_scopes.right_pair_count,
        {{ share('right_pair_count', 'found_pair_count', digits=12) }} as pairwise_precision,
        {{ share('right_pair_count', 'true_pair_count', digits=12) }} as pairwise_recall,
        {{ share(
            '2 * right_pair_count',
            'found_pair_count + true_pair_count',
            digits=12
        ) }} as pairwise_f1,
        {{ share('right_share_sum', 'record_count', digits=12) }} as bcubed_precision,
        {{ share('found_share_sum', 'record_count', digits=12) }} as bcubed_recall,
        {{ share(
            '2 * right_share_sum / (right_share_sum + found_share_sum) * found_share_sum',
            'record_count',
            digits=12
        ) }} as bcubed_f1

    from counted_scopes

    cross join current_run

)

select * from identity_quality
