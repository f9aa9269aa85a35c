-- Removals first: whoever is to leave has left before anybody is added.
insert into ledger.activation.outbox by name

with

earlier_batches as (
    select coalesce(max(batch_no), 0) as batch_no
    from ledger.activation.outbox
    where sync = $sync and run_no = $run_no
),

-- Of a run that is under way: what it is to do with them yet has regard to who withdrew.
open_units as (
    select distinct unit_key
    from ledger.activation.outbox
    anti join (
        select batch_no, ordinal
        from ledger.activation.unit_delivery
        where sync = $sync and run_no = $run_no and outcome not in ('unknown', 'accepted')
    ) as settled using (batch_no, ordinal)
    where sync = $sync and run_no = $run_no
),

due_operations as (
    select *, not is_removal and not $mixes_operations as follows_removals
    from planned_operations
    anti join open_units using (unit_key)
    where is_due and (is_unguarded or not $only_withdrawn)
),

-- Where a batch holds one kind only, the last batch of removals stays as full as it is.
removals as (
    select cast(ceil(count(*) / $batch_size) as bigint) as batch_count
    from due_operations
    where not follows_removals and not $mixes_operations
),

placed as (
    select
        *,
        row_number() over (
            partition by follows_removals
            order by not is_removal, op <> 'update', unit_key
        ) - 1 as place
    from due_operations
)

select
    $sync as sync,
    $run_no as run_no,
    earlier_batches.batch_no
    + 1
    + placed.place // $batch_size
    + case when placed.follows_removals then removals.batch_count else 0 end as batch_no,
    1 + placed.place % $batch_size as ordinal,
    placed.op,
    placed.unit_key,
    placed.row_hash,
    -- Whoever changes an address that somebody else keeps leaves no record behind.
    case when placed.is_removal or shared_units.unit_key is null then placed.match_ref end
        as match_ref
from placed
cross join earlier_batches
cross join removals
left join shared_units on placed.unit_key = shared_units.unit_key
