{{ config(materialized='view') }}
with

match_keys as (

    select * from {{ ref('int_identity__match_keys') }}

),

signatures as (

    select
        node,
        {{ hashed_number('signature') }} as signature_number,
        row_number() over (order by record_key asc nulls last) as place

    from {{ ref('int_identity__record_names') }}

),

{#
    Records that hold a value under one name and birth date form a star around the first of them,
    so that a card with 10,000 receipts makes 10,000 pairs and not 50 million.
#}
holders as (

    select
        match_keys.*,
        first_value(match_keys.node) over (
            partition by match_keys.key_number, signatures.signature_number
            order by signatures.place asc nulls last
        ) as representative

    from match_keys

    inner join signatures
        on match_keys.node = signatures.node

),

representatives as (

    select
        *,
        count(*) over (partition by key_number) as signature_count

    from holders

    where node = representative

),

{# A value under more names than this links nobody: 20 names are 190 pairs, 1,000 half a million. #}
paired_values as (

    select
        least(representative, node) as lower_node,
        greatest(representative, node) as upper_node,
        key_type,
        key_number,
        strength

    from holders

    where node <> representative

    union all

    select
        lower_holder.node as lower_node,
        upper_holder.node as upper_node,
        lower_holder.key_type,
        lower_holder.key_number,
        lower_holder.strength

    from representatives as lower_holder

    inner join representatives as upper_holder
        on lower_holder.key_number = upper_holder.key_number
        and lower_holder.node < upper_holder.node

    where lower_holder.signature_count <= {{ var('max_names_per_value') }}

)

select * from paired_values
