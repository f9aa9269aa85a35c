with

ruled_pairs as (

    select * from {{ ref('int_identity__ruled_pairs') }}

),

excused_pairs as (

    select
        lower_node,
        upper_node

    from ruled_pairs

    where
        rule = 'steward'
        or (
            is_contradicting
            and {{ is_inferred('match_probability', var('reviewed_at_least')) }}
        )

)

select * from excused_pairs
