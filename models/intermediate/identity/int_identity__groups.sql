{{ config(materialized='resolution') }}
{# The materialization compares the names and counts the values of what it unites. #}
-- depends_on: {{ ref('int_identity__record_names') }}
-- depends_on: {{ ref('int_identity__limited_values') }}
-- depends_on: {{ ref('int_identity__excused_pairs') }}
-- depends_on: {{ ref('match_rules') }}

with

ruled_pairs as (

    select * from {{ ref('int_identity__ruled_pairs') }}

)

{# What has no name is given to people at the end, by the value and not by the pair. #}
select
    lower_node,
    upper_node,
    rank,
    strength

from ruled_pairs

where rank is not null and (
    is_one_nameless = 0 or shares_id = 1 or is_likely = 1 or rule = 'steward'
)
