-- Rows are only ever added: what was sent, and what became of it, stays as it was noted. Of digests
-- compression can save half the room, and takes as long for it as all the rest that a commit does.
create schema if not exists ledger.activation;

create table if not exists ledger.activation.run_event (
    sync text not null,
    run_no bigint not null,
    seq bigint not null,
    run_id text not null,
    status text not null,
    reason text,
    added bigint not null,
    updated bigint not null,
    removed bigint not null,
    quarantined bigint not null,
    spec_hash text,
    snapshot_id text,
    occurred_at timestamp not null
);

create table if not exists ledger.activation.outbox (
    sync text not null,
    run_no bigint not null,
    batch_no bigint not null,
    ordinal bigint not null,
    op text not null,
    unit_key text not null using compression uncompressed,
    row_hash text using compression uncompressed,
    match_ref text
);

create table if not exists ledger.activation.unit_person (
    sync text not null,
    run_no bigint not null,
    unit_key text not null using compression uncompressed,
    person_id text not null
);

create table if not exists ledger.activation.batch_event (
    sync text not null,
    run_no bigint not null,
    batch_no bigint not null,
    part text not null,
    attempt bigint not null,
    seq bigint not null,
    event text not null,
    idem_key text,
    payload_hash text,
    http_status integer,
    error_class text,
    remote_job text,
    occurred_at timestamp not null
);

create table if not exists ledger.activation.delivery (
    sync text not null,
    run_no bigint not null,
    batch_no bigint not null,
    ordinal bigint not null,
    attempt bigint not null,
    unit_key text not null using compression uncompressed,
    op text not null,
    row_hash text,
    match_ref text,
    remote_id text,
    idem_key text,
    outcome text not null,
    error_code text,
    occurred_at timestamp not null
);

create table if not exists ledger.activation.batch_delivery (
    sync text not null,
    run_no bigint not null,
    batch_no bigint not null,
    attempt bigint not null,
    first_ordinal bigint not null,
    last_ordinal bigint not null,
    remote_id text,
    idem_key text,
    outcome text not null,
    error_code text,
    occurred_at timestamp not null
);

-- Operations of a batch that fared alike are noted as a range, not one by one: what each of them
-- was is in the outbox. Tables go by their bare names, since copies of the file have other names.
create view if not exists ledger.activation.unit_delivery as

select
    sync,
    run_no,
    batch_no,
    ordinal,
    attempt,
    unit_key,
    op,
    row_hash,
    match_ref,
    remote_id,
    idem_key,
    outcome,
    error_code,
    occurred_at
from delivery

union all

select
    outbox.sync,
    outbox.run_no,
    outbox.batch_no,
    outbox.ordinal,
    batch_delivery.attempt,
    outbox.unit_key,
    outbox.op,
    outbox.row_hash,
    outbox.match_ref,
    batch_delivery.remote_id,
    batch_delivery.idem_key,
    batch_delivery.outcome,
    batch_delivery.error_code,
    batch_delivery.occurred_at
from outbox
inner join batch_delivery
    on outbox.sync = batch_delivery.sync
    and outbox.run_no = batch_delivery.run_no
    and outbox.batch_no = batch_delivery.batch_no
    and outbox.ordinal between batch_delivery.first_ordinal and batch_delivery.last_ordinal;

create table if not exists ledger.activation.checkpoint (
    sync text not null,
    run_no bigint not null,
    unit_key text not null using compression uncompressed,
    row_hash text using compression uncompressed,
    match_ref text,
    remote_id text,
    expires_at timestamp,
    delivered_at timestamp
);

create table if not exists ledger.activation.late_attempt (
    sync text not null,
    run_no bigint not null,
    batch_no bigint not null,
    attempt bigint not null,
    lands_by timestamp not null
);

create table if not exists ledger.activation.alert (
    sync text not null,
    channel text not null,
    seq bigint not null,
    state text not null,
    run_id text,
    occurred_at timestamp not null
);
