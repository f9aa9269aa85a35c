with

outcomes as (
    select batch_no, ordinal, bool_and(outcome in ('unknown', 'accepted')) as is_open
    from ledger.activation.delivery
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
    from ledger.activation.delivery
    semi join open_attempts using (batch_no, attempt)
    where sync = $sync and run_no = $run_no and outcome = 'accepted'
),

rows_of_part as materialized (
    select
        outbox.*,
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
),

hashed_records as (
    select
        unit_key,
        record,
        $render_version || keyed_digest($inner_pad, $outer_pad, record) as row_hash
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
    rows_of_part.batch_no,
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
order by rows_of_part.batch_no, rows_of_part.ordinal
