with

match_keys as (

    select * from {{ ref('int_identity__match_keys') }}

),

record_names as (

    select * from {{ ref('int_identity__record_names') }}

),

decided_pairs as (

    select * from {{ ref('int_identity__decided_pairs') }}

),

likely_pairs as (

    select * from {{ ref('int_identity__likely_pairs') }}

),

{#
    Records that hold a value under one name and birth date form a star around the first of them,
    so that a card with 10,000 receipts makes 10,000 pairs and not 50 million.
#}
holders as (

    select
        match_keys.node,
        match_keys.key_type,
        match_keys.key_value,
        match_keys.strength,
        first_value(match_keys.node) over (
            partition by match_keys.key_type, match_keys.key_value, record_names.signature
            order by record_names.record_key asc nulls last
        ) as representative

    from match_keys

    inner join record_names
        on match_keys.node = record_names.node

    where match_keys.strength <> 'reference'

),

representatives as (

    select
        *,
        count(*) over (partition by key_type, key_value) as signature_count

    from holders

    where node = representative

),

star_pairs as (

    select
        least(representative, node) as lower_node,
        greatest(representative, node) as upper_node,
        key_type,
        key_value,
        strength,
        cast(null as {{ dbt.type_float() }}) as match_probability

    from holders

    where node <> representative

),

{# A value under more names than this links nobody: 20 names are 190 pairs, 1,000 half a million. #}
signature_pairs as (

    select
        lower_holder.node as lower_node,
        upper_holder.node as upper_node,
        lower_holder.key_type,
        lower_holder.key_value,
        lower_holder.strength,
        cast(null as {{ dbt.type_float() }}) as match_probability

    from representatives as lower_holder

    inner join representatives as upper_holder
        on lower_holder.key_type = upper_holder.key_type
        and lower_holder.key_value = upper_holder.key_value
        and lower_holder.node < upper_holder.node

    where lower_holder.signature_count <= {{ var('max_names_per_value') }}

),

all_pairs as (

    select * from star_pairs

    union all

    select * from signature_pairs

    union all

    select
        lower_node,
        upper_node,
        'decision' as key_type,
        decision_id as key_value,
        'decision' as strength,
        null as match_probability

    from decided_pairs

    union all

    select
        lower_node,
        upper_node,
        null as key_type,
        null as key_value,
        'likely' as strength,
        match_probability

    from likely_pairs

),

{# The strongest shared value stands for the pair in explanations. #}
candidate_pairs as (

    select
        lower_node,
        upper_node,

        count(distinct key_type) as shared_key_count,
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
        min(case when strength = 'hard' then key_type || ':' || key_value end) as shared_id,
        min(case when strength = 'contact' then key_type || ':' || key_value end) as shared_contact

    from all_pairs

    group by 1, 2

)

select * from candidate_pairs
