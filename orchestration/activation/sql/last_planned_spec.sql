-- What was last sent to: of a plan that the guards held back nothing but withdrawals left.
select spec_hash
from ledger.activation.run_event
where sync = $sync and status = 'planned'
order by run_no desc, seq desc
limit 1
