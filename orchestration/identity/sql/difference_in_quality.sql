-- Agreement with the truth, where both builds had one.
select
    cast(former.pairwise_precision as double) as precision_before,
    cast(present.pairwise_precision as double) as precision_after,
    cast(former.pairwise_recall as double) as recall_before,
    cast(present.pairwise_recall as double) as recall_after
from before.marts.identity_quality as former
inner join after.marts.identity_quality as present
    on former.scope = present.scope and former.scope_name = present.scope_name
where former.scope = 'all'
