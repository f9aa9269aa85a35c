with

identity_decisions as (

    select * from {{ ref('stg_onefold__identity_decisions') }}

),

source_records as (

    select * from {{ ref('int_identity__source_records') }}

),

{# A decision on a record that was deleted rests until the record is back. #}
decided_pairs as (

    select
        identity_decisions.decision_id,

        identity_decisions.left_key,
        identity_decisions.right_key,
        identity_decisions.decision,
        identity_decisions.reason,
        identity_decisions.decided_by,

        identity_decisions.decided_at,

        least(left_record.node, right_record.node) as lower_node,
        greatest(left_record.node, right_record.node) as upper_node,
        {{ fingerprint_of([
            'identity_decisions.decision_id', 'identity_decisions.decision',
            'left_record.details_fingerprint', 'right_record.details_fingerprint'
        ]) }} as fingerprint

    from identity_decisions

    inner join source_records as left_record
        on identity_decisions.left_key = left_record.record_key

    inner join source_records as right_record
        on identity_decisions.right_key = right_record.record_key

)

select * from decided_pairs
