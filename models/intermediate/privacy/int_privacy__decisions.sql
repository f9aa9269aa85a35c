with

decisions as (

    select * from {{ ref('stg_consent__decisions') }}

),

quarantined_refusals as (

    select * from {{ ref('stg_consent__quarantined_refusals') }}

),

unioned as (

    select
        decision_id,
        record_id,
        decision,
        purpose,
        channel,
        source_name,
        record_type,
        identifier_type,
        identifier_value,
        identifier_value_as_given,
        source,
        text_version,

        decided_at,
        recorded_at

    from decisions

    union all

    select
        decision_id,
        record_id,
        'opt_out' as decision,
        purpose,
        channel,
        source_name,
        record_type,
        identifier_type,
        identifier_value,
        identifier_value_as_given,
        source,
        text_version,

        decided_at,
        recorded_at

    from quarantined_refusals

)

select * from unioned
