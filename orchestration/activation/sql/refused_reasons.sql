-- Units that were refused when they were last tried, by the code that the destination gave.
with

last_outcomes as (
    select
        unit_key,
        arg_max(
            struct_pack(outcome := outcome, error_code := error_code),
            struct_pack(
                run_no := run_no, batch_no := batch_no, ordinal := ordinal, attempt := attempt
            )
        ) as last_outcome
    from ledger.activation.unit_delivery
    where
        sync = $sync
        and unit_key in (
            select unit_key
            from ledger.activation.unit_delivery
            where sync = $sync and outcome = 'rejected'
        )
    group by 1
)

select coalesce(last_outcome.error_code, 'refused') as error_code, count(*) as unit_count
from last_outcomes
where last_outcome.outcome = 'rejected'
group by 1
order by 2 desc, 1
