{{ config(
    materialized='incremental',
    pre_hook="{{ keep_unchanged(ref('int_identity__paired_values_units'), ['key_number']) }}"
) }}
with

units as (

    select *

    from {{ changed_units() if is_incremental() else ref('int_identity__paired_values_units') }}

),

match_keys as (

    select * from {{ ref('int_identity__match_keys') }}

),

record_names as (

    select * from {{ ref('int_identity__record_names') }}

),

{#
    Records that hold a value under one name and birth date form a star around the first of them,
    so that a card with 10,000 receipts makes 10,000 pairs and not 50 million.
#}
holders as (

    select
        match_keys.*,
        units.fingerprint,
        record_names.signature_number

    from match_keys

    inner join units
        on match_keys.key_number = units.key_number

    inner join record_names
        on match_keys.node = record_names.node

),

represented_holders as (

    select
        *,
        first_value(node) over namesakes as representative,
        first_value(details_fingerprint) over namesakes as representative_fingerprint

    from holders

    window namesakes as (
        partition by key_number, signature_number
        order by node asc nulls last
    )

),

representatives as (

    select
        *,
        count(*) over (partition by key_number) as signature_count

    from represented_holders

    where node = representative

),

{# A value under more names than this links nobody: 20 names are 190 pairs, 1,000 half a million. #}
paired_values as (

    select
        representative as lower_node,
        node as upper_node,
        key_type,
        key_number,
        strength,
        {{ mixed_fingerprint([
            'key_number', 'representative_fingerprint', 'details_fingerprint'
        ]) }}
            as pair_fingerprint,
        fingerprint

    from represented_holders

    where node <> representative

    union all

    select
        lower_holder.node as lower_node,
        upper_holder.node as upper_node,
        lower_holder.key_type,
        lower_holder.key_number,
        lower_holder.strength,
        {{ mixed_fingerprint([
            'lower_holder.key_number', 'lower_holder.details_fingerprint',
            'upper_holder.details_fingerprint'
        ]) }} as pair_fingerprint,
        lower_holder.fingerprint

    from representatives as lower_holder

    inner join representatives as upper_holder
        on lower_holder.key_number = upper_holder.key_number
        and lower_holder.node < upper_holder.node

    where lower_holder.signature_count <= {{ var('max_names_per_value') }}

)

select * from paired_values
