insert into ledger.activation.checkpoint

select $sync, $run_no, unit_key, row_hash, reference, null, null, delivered_at
from held_units
