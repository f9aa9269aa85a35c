-- consents
drop table marts.consents;
create table marts.consents as
select
    'p' || lpad(cast(range as text), 12, '0') as person_id,
    'marketing' as purpose,
    'email' as channel,
    true as is_granted,
    timestamp '2026-01-01' as decided_at
from range({people} + {people} // 300)

-- first_rows
create schema activation;
create table activation.{model} as
select
    'p' || lpad(cast(range as text), 12, '0') as person_id,
    'person' || range || '@example.com' as email
from range({people})

-- second_rows
create schema activation;
create table activation.{model} as
select
    'p' || lpad(cast(range as text), 12, '0') as person_id,
    case when range % 300 = 1 then 'new' else 'person' end || range || '@example.com' as email
from range({people} + {people} // 300)
where range % 300 <> 2

-- deliveries
insert into ledger.activation.delivery by name
select
    'test_people' as sync,
    1 as run_no,
    1 + row_number() over () // 500 as batch_no,
    1 + row_number() over () % 500 as ordinal,
    1 as attempt,
    unit_key,
    'add' as op,
    $version || row_hash as row_hash,
    'acked' as outcome,
    timestamp '2026-01-01' as occurred_at
from snapshot.row_digests.{model};
insert into ledger.activation.unit_person
select sync, run_no, unit_key, unit_key
from ledger.activation.delivery;
insert into ledger.activation.run_event
values (
    'test_people', 1, 1, '000001-benchmark', 'done', null, 0, 0, 0, 0, null, null,
    timestamp '2026-01-01'
)

-- join
create temp table differences as
select coalesce(wanted.person_id, held.person_id) as person_id, wanted.email
from activation.{model} as wanted
full outer join held.activation.{model} as held on wanted.person_id = held.person_id
where wanted.email is distinct from held.email

-- rows
select person_id, email
from activation.{model}
