with

ruled_pairs as (

    select * from {{ ref('int_identity__ruled_pairs') }}

),

united_records as (

    select * from {{ ref('int_identity__united_records') }}

),

likely_pairs as (

    select
        lower_node,
        upper_node,
        1 as excuses_names

    from ruled_pairs

    where
        is_contradicting
        and {{ is_inferred('match_probability', var('reviewed_at_least')) }}

),

{# One of the two dates is wrong; of the names nothing is said. #}
dated_pairs as (

    select
        lower_node,
        upper_node,
        0 as excuses_names

    from ruled_pairs

    where
        birth_date_grade = -1
        and not is_contradicting
        and coalesce(decision, '') <> 'different'

),

{# Who says that A is B, and B is C, has said that A is C. A hundred records that decisions join
   are 5,000 pairs; stewards join a handful. #}
united_pairs as (

    select
        lower_record.node as lower_node,
        upper_record.node as upper_node,
        1 as excuses_names

    from united_records as lower_record

    inner join united_records as upper_record
        on lower_record.component = upper_record.component
        and lower_record.node < upper_record.node

),

stacked_pairs as (

    select * from likely_pairs

    union all

    select * from dated_pairs

    union all

    select * from united_pairs

),

excused_pairs as (

    select
        lower_node,
        upper_node,

        max(excuses_names) as excuses_names

    from stacked_pairs

    group by 1, 2

)

select * from excused_pairs
