-- Attempts whose newest event is that the destination took them in, with their operations.
with

open_attempts as (
    select
        batch_no,
        any_value(part) as part,
        attempt,
        any_value(idem_key) as idem_key,
        arg_max(remote_job, seq) as remote_job,
        arg_max(occurred_at, seq) as accepted_at
    from ledger.activation.batch_event
    where sync = $sync and run_no = $run_no and event <> 'split'
    group by batch_no, attempt
    having arg_max(event, seq) = 'accepted'
)

select
    open_attempts.batch_no,
    open_attempts.part,
    open_attempts.attempt,
    open_attempts.idem_key,
    open_attempts.remote_job,
    open_attempts.accepted_at,
    list(
        struct_pack(
            ordinal := delivery.ordinal,
            op := case when delivery.op in ('remove', 'archive') then 'remove' else 'upsert' end,
            unit_key := delivery.unit_key,
            reference := delivery.match_ref
        )
        order by delivery.ordinal
    ) as operations
from open_attempts
inner join ledger.activation.unit_delivery as delivery
    on open_attempts.batch_no = delivery.batch_no
    and open_attempts.attempt = delivery.attempt
where delivery.sync = $sync and delivery.run_no = $run_no and delivery.outcome = 'accepted'
group by 1, 2, 3, 4, 5, 6
order by 1, 3
