-- Nobody is written to unless every person behind the unit consents at this moment, and has not
-- refused messages on the channel since; nor where nobody is known to stand behind it, since a
-- match key is nobody who could consent. Where nobody was noted, the unit is the person.
create or replace temp table unconsented_units as

with

consenting_people as (
    select person_id
    from published.marts.consents
    where purpose = $purpose and $channel in ('any', channel)
    group by person_id
    having
        max(decided_at) filter (where is_granted)
        > coalesce(max(decided_at) filter (where not is_granted), timestamp '-infinity')
),

contactable_people as (
    select person_id
    from consenting_people
    where person_id not in (
        select person_id
        from published.marts.suppressions
        where channel = $channel and person_id is not null
    )
)

select distinct outbox.unit_key
from ledger.activation.outbox as outbox
left join ledger.activation.unit_person as unit_person
    on outbox.sync = unit_person.sync
    and outbox.run_no = unit_person.run_no
    and outbox.unit_key = unit_person.unit_key
left join contactable_people
    on coalesce(unit_person.person_id, outbox.unit_key) = contactable_people.person_id
where
    outbox.sync = $sync
    and outbox.run_no = $run_no
    and outbox.op not in ('remove', 'archive')
    and contactable_people.person_id is null
