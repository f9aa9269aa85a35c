{{ config(materialized='view') }}

with

paired_values as (

    select * from {{ ref('int_identity__paired_values') }}

),

decided_pairs as (

    select * from {{ ref('int_identity__decided_pairs') }}

),

likely_pairs as (

    select * from {{ ref('int_identity__likely_pairs') }}

),

{# All that brings two records together, with what each of them says. #}
ties as (

    select
        lower_node,
        upper_node,
        pair_fingerprint

    from paired_values

    union all

    select
        lower_node,
        upper_node,
        fingerprint as pair_fingerprint

    from decided_pairs

    union all

    select
        lower_node,
        upper_node,
        {{ fingerprint_of(['match_probability', text_fingerprint(identity_version())]) }}
            as pair_fingerprint

    from likely_pairs

),

candidate_pairs_units as (

    select
        lower_node,
        upper_node,

        {{ mixed_fingerprint([
            'lower_node', 'upper_node', fingerprint_of_rows('pair_fingerprint')
        ]) }} as fingerprint

    from ties

    group by 1, 2

)

select * from candidate_pairs_units
