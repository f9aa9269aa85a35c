{# Without a truth there is nothing to agree with. Where no pair was found, none is wrong. A
   failure shows the columns. #}
{{ config(meta={'shows_figures': true}) }}
with

identity_quality as (

    select * from {{ ref('identity_quality') }}

    where scope = 'all'

)

select
    pairwise_precision,
    {{ var('identity_precision_at_least') }} as identity_precision_at_least,
    pairwise_recall,
    {{ var('identity_recall_at_least') }} as identity_recall_at_least

from identity_quality

where
    pairwise_precision < {{ var('identity_precision_at_least') }}
    or pairwise_recall < {{ var('identity_recall_at_least') }}
