-- Rows are only ever added: what was sent, and what became of it, stays as it was noted.
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
    unit_key text not null,
    row_hash text,
    match_ref text
);

create table if not exists ledger.activation.unit_person (
    sync text not null,
    run_no bigint not null,
    unit_key text not null,
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
    unit_key text not null,
    op text not null,
    row_hash text,
    match_ref text,
    remote_id text,
    idem_key text,
    outcome text not null,
    error_code text,
    occurred_at timestamp not null
);

create table if not exists ledger.activation.checkpoint (
    sync text not null,
    run_no bigint not null,
    unit_key text not null,
    row_hash text,
    match_ref text,
    remote_id text,
    expires_at timestamp,
    delivered_at timestamp
);

create table if not exists ledger.activation.alert (
    sync text not null,
    channel text not null,
    seq bigint not null,
    state text not null,
    run_id text,
    occurred_at timestamp not null
);
