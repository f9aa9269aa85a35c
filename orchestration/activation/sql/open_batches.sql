with

settled as (
    select batch_no, ordinal
    from ledger.activation.unit_delivery
    where sync = $sync and run_no = $run_no and outcome not in ('unknown', 'accepted')
),

cuts as (
    select batch_no, array_agg(distinct cast(part as bigint)) as firsts
    from ledger.activation.batch_event
    where sync = $sync and run_no = $run_no and event = 'split'
    group by 1
)

select
    outbox.batch_no,
    count(*) as row_count,
    coalesce(list_sort(any_value(cuts.firsts)), []) as cuts,
    bool_or(outbox.op in ('remove', 'archive')) as has_removals
from ledger.activation.outbox as outbox
anti join settled using (batch_no, ordinal)
left join cuts on outbox.batch_no = cuts.batch_no
where outbox.sync = $sync and outbox.run_no = $run_no
group by 1
-- Whoever withdrew since the run was planned comes last into it, and leaves before anybody is added.
order by bool_and(outbox.op in ('remove', 'archive')) desc, 1
