-- What is open of some batches, in the order in which it is sent.
with

-- Attempts that were accepted, with no end of their jobs noted yet.
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

outcomes as (
    select
        deliveries.batch_no,
        deliveries.ordinal,
        bool_and(deliveries.outcome in ('unknown', 'accepted')) as is_open,
        bool_or(
            deliveries.outcome = 'accepted' and open_attempts.attempt is not null
        ) as is_waiting
    from ledger.activation.unit_delivery as deliveries
    left join open_attempts
        on deliveries.batch_no = open_attempts.batch_no
        and deliveries.attempt = open_attempts.attempt
    where
        deliveries.sync = $sync
        and deliveries.run_no = $run_no
        and list_contains($batch_nos, deliveries.batch_no)
    group by 1, 2
),

rows_of_parts as materialized (
    select
        outbox.batch_no,
        outbox.ordinal,
        outbox.op,
        outbox.unit_key,
        outbox.row_hash,
        outbox.match_ref,
        outbox.op in ('remove', 'archive') as is_removal,
        outcomes.ordinal is not null as may_be_applied,
        coalesce(outcomes.is_waiting, false) as is_waiting
    from ledger.activation.outbox as outbox
    left join outcomes
        on outbox.batch_no = outcomes.batch_no
        and outbox.ordinal = outcomes.ordinal
    where
        outbox.sync = $sync
        and outbox.run_no = $run_no
        -- A range lets DuckDB leave most of the others unread.
        and outbox.batch_no between list_min($batch_nos) and list_max($batch_nos)
        and list_contains($batch_nos, outbox.batch_no)
        and outbox.ordinal between $first and $last
        and coalesce(outcomes.is_open, true)
),

records as (
    {records}
)

-- Removals need no consent. A row that is no longer in the snapshot as it was planned is not sent.
select
    rows_of_parts.batch_no,
    rows_of_parts.ordinal,
    rows_of_parts.op,
    rows_of_parts.unit_key,
    rows_of_parts.match_ref,
    records.record,
    rows_of_parts.may_be_applied,
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
