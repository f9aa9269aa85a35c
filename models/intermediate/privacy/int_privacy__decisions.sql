with

decisions as (

    select * from {{ ref('stg_consent__decisions') }}

)

select
    decision_id,
    decision,
    purpose,
    channel,
    source,
    text_version,

    decided_at,
    recorded_at

from decisions
