{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(ref('int_identity__candidate_pairs_units'), ['lower_node', 'upper_node']) }}"
) }}

with

units as (

    select *

    from {{ changed_units() if is_incremental() else ref('int_identity__candidate_pairs_units') }}

),

paired_values as (

    select * from {{ ref('int_identity__paired_values') }}

),

decided_pairs as (

    select * from {{ ref('int_identity__decided_pairs') }}

),

likely_pairs as (

    select * from {{ ref('int_identity__likely_pairs') }}

),

all_pairs as (

    select
        lower_node,
        upper_node,
        key_type,
        key_number,
        strength,
        cast(null as {{ dbt.type_float() }}) as match_probability

    from paired_values

    union all

    select
        lower_node,
        upper_node,
        'decision' as key_type,
        null as key_number,
        'decision' as strength,
        null as match_probability

    from decided_pairs

    union all

    select
        lower_node,
        upper_node,
        null as key_type,
        null as key_number,
        'likely' as strength,
        match_probability

    from likely_pairs

),

changed_pairs as (

    select
        all_pairs.*,
        units.fingerprint

    from all_pairs

    inner join units
        on all_pairs.lower_node = units.lower_node
        and all_pairs.upper_node = units.upper_node

),

{# The strongest shared value stands for the pair in explanations. #}
candidate_pairs as (

    select
        lower_node,
        upper_node,

        min(fingerprint) as fingerprint,
        count(key_number) as shared_key_count,
        max(case when strength = 'hard' then 1 else 0 end) as shares_id,
        max(case when strength = 'contact' then 1 else 0 end) as shares_contact,
        max(case when key_type = 'email' then 1 else 0 end) as shares_email,
        max(case when key_type = 'phone' then 1 else 0 end) as shares_phone,
        max(
            case
                when {{ is_inferred('match_probability', var('inferred_at_least')) }} then 1
                else 0
            end
        ) as is_likely,
        max(match_probability) as match_probability,
        coalesce(
            min(case when strength = 'hard' then key_number end),
            min(case when strength = 'contact' then key_number end)
        ) as shared_identifier

    from changed_pairs

    group by 1, 2

)

select * from candidate_pairs
