-- What a cut-off attempt held may be applied, unless it has a final outcome.
insert into ledger.activation.delivery

with

places as (
    select
        batch_no,
        attempt,
        idem_key,
        coalesce(try_cast(split_part(part, '-', 1) as bigint), 1) as first_ordinal,
        coalesce(try_cast(split_part(part, '-', 2) as bigint), 9223372036854775807)
            as last_ordinal
    from lost_attempts
),

settled as (
    select
        batch_no,
        ordinal,
        max(attempt) as attempt,
        bool_or(outcome not in ('unknown', 'accepted')) as is_final
    from ledger.activation.unit_delivery
    where sync = $sync and run_no = $run_no
    group by 1, 2
)

select
    outbox.sync,
    outbox.run_no,
    outbox.batch_no,
    outbox.ordinal,
    places.attempt,
    outbox.unit_key,
    outbox.op,
    outbox.row_hash,
    outbox.match_ref,
    null,
    places.idem_key,
    $outcome,
    'cut_off',
    $now
from ledger.activation.outbox as outbox
inner join places
    on outbox.batch_no = places.batch_no
    and outbox.ordinal between places.first_ordinal and places.last_ordinal
left join settled
    on outbox.batch_no = settled.batch_no
    and outbox.ordinal = settled.ordinal
where
    outbox.sync = $sync
    and outbox.run_no = $run_no
    and not coalesce(settled.is_final, false)
    and coalesce(settled.attempt, 0) < places.attempt
