insert into ledger.activation.checkpoint

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
