insert into ledger.activation.checkpoint

select
    $sync,
    $run_no,
    held_units.unit_key,
    held_units.row_hash,
    newest_references.reference,
    null,
    null,
    held_units.delivered_at
from held_units
left join newest_references on held_units.unit_key = newest_references.unit_key
