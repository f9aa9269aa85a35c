-- What is open of some batches, in the order in which it is sent.
with

outcomes as (
    select batch_no, ordinal, bool_and(outcome in ('unknown', 'accepted')) as is_open
    from ledger.activation.unit_delivery
    where sync = $sync and run_no = $run_no and list_contains($batch_nos, batch_no)
    group by 1, 2
),

-- An attempt that was accepted, with no end of its job noted yet.
open_attempts as (
    select batch_no, attempt
    from ledger.activation.batch_event
    where
        sync = $sync
        and run_no = $run_no
        and list_contains($batch_nos, batch_no)
        and event <> 'split'
    group by 1, 2
    having arg_max(event, seq) = 'accepted'
),

waiting_rows as (
    select distinct batch_no, ordinal
    from ledger.activation.unit_delivery
    semi join open_attempts using (batch_no, attempt)
    where sync = $sync and run_no = $run_no and outcome = 'accepted'
),

rows_of_parts as materialized (
    select
        outbox.*,
        outbox.op in ('remove', 'archive') as is_removal,
        outcomes.ordinal is not null as may_be_applied,
        waiting_rows.ordinal is not null as is_waiting
    from ledger.activation.outbox as outbox
    left join outcomes
        on outbox.batch_no = outcomes.batch_no
        and outbox.ordinal = outcomes.ordinal
    left join waiting_rows
        on outbox.batch_no = waiting_rows.batch_no
        and outbox.ordinal = waiting_rows.ordinal
    where
        outbox.sync = $sync
        and outbox.run_no = $run_no
        and list_contains($batch_nos, outbox.batch_no)
        and outbox.ordinal between $first and $last
        and coalesce(outcomes.is_open, true)
),

records as (
    {records}
)

-- Removals need no consent. A row that is no longer in the snapshot as it was planned is not sent.
select
    rows_of_parts.*,
    records.record,
    not is_removal and unconsented_units.unit_key is not null as is_withdrawn,
    not is_removal and not is_withdrawn and not is_waiting and record is null as is_superseded
from rows_of_parts
left join records
    on rows_of_parts.unit_key = records.unit_key
    and rows_of_parts.row_hash = $row_version || records.row_hash
left join unconsented_units on rows_of_parts.unit_key = unconsented_units.unit_key
-- What the destination works on is left alone, unless somebody withdrew meanwhile.
where is_withdrawn or not is_waiting
order by rows_of_parts.batch_no, rows_of_parts.ordinal
