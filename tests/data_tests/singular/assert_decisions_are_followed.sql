{# Decisions may contradict each other, or a limit; then nothing is published. #}
with

decided_pairs as (

    select * from {{ ref('int_identity__decided_pairs') }}

),

record_groups as (

    select * from {{ ref('int_identity__record_groups') }}

)

select
    decided_pairs.decision_id,
    decided_pairs.decision

from decided_pairs

inner join record_groups as lower_group
    on decided_pairs.lower_node = lower_group.node

inner join record_groups as upper_group
    on decided_pairs.upper_node = upper_group.node

where
    (decided_pairs.decision = 'same' and lower_group.group_node <> upper_group.group_node)
    or (decided_pairs.decision = 'different' and lower_group.group_node = upper_group.group_node)
