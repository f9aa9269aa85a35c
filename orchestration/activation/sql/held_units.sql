create or replace temp table held_units as

with

-- What the destination last called a unit: told by it, or else known when it was planned.
called as (
    select
        unit_key,
        coalesce(remote_id, match_ref) as reference,
        struct_pack(run_no := run_no, batch_no := batch_no, ordinal := ordinal) as place
    from ledger.activation.delivery
    where
        sync = $sync
        and coalesce(remote_id, match_ref) is not null
        and run_no > $checkpoint_run
    union all
    select
        unit_key,
        coalesce(remote_id, match_ref) as reference,
        struct_pack(run_no := run_no, batch_no := 0, ordinal := 0) as place
    from ledger.activation.checkpoint
    where
        sync = $sync
        and coalesce(remote_id, match_ref) is not null
        and run_no = $checkpoint_run
),

newest_references as (
    select unit_key, arg_max(reference, place) as reference
    from called
    where reference is not null
    group by 1
)

select
    delivered_state.key as unit_key,
    delivered_state.row_hash,
    delivered_state.delivered_at,
    newest_references.reference
from ({delivered_state}) as delivered_state
left join newest_references on delivered_state.key = newest_references.unit_key
where delivered_state.sync = $sync
