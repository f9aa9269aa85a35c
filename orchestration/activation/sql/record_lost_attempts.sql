-- An attempt that was journalled as sent and has no answer was cut off: it may be applied.
insert into ledger.activation.delivery

with

lost_attempts as (
    select
        batch_no,
        attempt,
        any_value(idem_key) as idem_key,
        coalesce(try_cast(split_part(any_value(part), '-', 1) as bigint), 1) as first_ordinal,
        coalesce(
            try_cast(split_part(any_value(part), '-', 2) as bigint), 9223372036854775807
        ) as last_ordinal
    from ledger.activation.batch_event
    where sync = $sync and run_no = $run_no and event <> 'split'
    group by 1, 2
    having count(*) = 1
),

settled as (
    select batch_no, ordinal, max(attempt) as attempt, bool_or(outcome not in ('unknown', 'accepted')) as is_final
    from ledger.activation.unit_delivery
    where sync = $sync and run_no = $run_no
    group by 1, 2
)

select
    outbox.sync,
    outbox.run_no,
    outbox.batch_no,
    outbox.ordinal,
    lost_attempts.attempt,
    outbox.unit_key,
    outbox.op,
    outbox.row_hash,
    outbox.match_ref,
    null,
    lost_attempts.idem_key,
    $outcome,
    'cut_off',
    $now
from ledger.activation.outbox as outbox
inner join lost_attempts
    on outbox.batch_no = lost_attempts.batch_no
    and outbox.ordinal between lost_attempts.first_ordinal and lost_attempts.last_ordinal
left join settled
    on outbox.batch_no = settled.batch_no
    and outbox.ordinal = settled.ordinal
where
    outbox.sync = $sync
    and outbox.run_no = $run_no
    and not coalesce(settled.is_final, false)
    and coalesce(settled.attempt, 0) < lost_attempts.attempt
