{# Without a truth there is nothing to agree with. Where no pair was found, none is wrong. #}
with

identity_quality as (

    select * from {{ ref('identity_quality') }}

    where scope = 'all'

)

select *

from identity_quality

where
    pairwise_precision < {{ var('identity_precision_at_least') }}
    or pairwise_recall < {{ var('identity_recall_at_least') }}
