-- What the destination calls whom is looked up for all that it ever called, and not for whom it
-- holds: these would be derived a second time.
insert into ledger.activation.checkpoint

with

current_references as (
    select unit_key, arg_max(reference, place) as reference
    from called_units
    group by 1
)

select
    $sync,
    $run_no,
    held_units.unit_key,
    held_units.row_hash,
    current_references.reference,
    null,
    null,
    held_units.delivered_at
from held_units
left join current_references on held_units.unit_key = current_references.unit_key
