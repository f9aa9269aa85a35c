with

outcomes as (
    select ordinal, bool_and(outcome in ('unknown', 'accepted')) as is_open
    from ledger.activation.delivery
    where sync = $sync and run_no = $run_no and batch_no = $batch_no
    group by 1
),

-- An attempt that was accepted, with no end of its job noted yet.
open_attempts as (
    select attempt
    from ledger.activation.batch_event
    where sync = $sync and run_no = $run_no and batch_no = $batch_no and event <> 'split'
    group by 1
    having arg_max(event, seq) = 'accepted'
),

waiting_rows as (
    select distinct ordinal
    from ledger.activation.delivery
    where
        sync = $sync
        and run_no = $run_no
        and batch_no = $batch_no
        and outcome = 'accepted'
        and attempt in (select attempt from open_attempts)
),

rows_of_part as materialized (
    select
        outbox.*,
        outcomes.ordinal is not null as may_be_applied,
        waiting_rows.ordinal is not null as is_waiting
    from ledger.activation.outbox as outbox
    left join outcomes on outbox.ordinal = outcomes.ordinal
    left join waiting_rows on outbox.ordinal = waiting_rows.ordinal
    where
        outbox.sync = $sync
        and outbox.run_no = $run_no
        and outbox.batch_no = $batch_no
        and outbox.ordinal between $first and $last
        and coalesce(outcomes.is_open, true)
),

records as (
    {records}
),

hashed_records as (
    select
        unit_key,
        record,
        keyed_digest($inner_pad, $outer_pad, $render_version || record) as row_hash
    from records
),

people_of_part as materialized (
    select distinct unit_key, person_id
    from ledger.activation.unit_person
    where
        sync = $sync
        and run_no = $run_no
        and unit_key in (select unit_key from rows_of_part)
),

-- Nobody is written to unless every person behind the unit consents at this moment, and has not
-- refused messages on the channel since.
consents as (
    select unit_person.unit_key, bool_and(decisions.person_id is not null) as is_consented
    from people_of_part as unit_person
    left join (
        select person_id
        from published.marts.consents
        where
            purpose = $purpose
            and $channel in ('any', channel)
            and person_id in (select person_id from people_of_part)
        group by person_id
        having
            max(decided_at) filter (where is_granted)
            > coalesce(max(decided_at) filter (where not is_granted), timestamp '-infinity')
        except
        select person_id
        from published.marts.suppressions
        where channel = $channel
    ) as decisions on unit_person.person_id = decisions.person_id
    group by 1
)

select
    rows_of_part.ordinal,
    rows_of_part.unit_key,
    rows_of_part.op,
    hashed_records.record,
    coalesce(consents.is_consented, false) as is_consented,
    rows_of_part.may_be_applied,
    rows_of_part.match_ref as reference,
    rows_of_part.is_waiting
from rows_of_part
left join hashed_records
    on rows_of_part.unit_key = hashed_records.unit_key
    and rows_of_part.row_hash = hashed_records.row_hash
left join consents on rows_of_part.unit_key = consents.unit_key
order by rows_of_part.ordinal
