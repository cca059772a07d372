-- Each time an original is handed to the VOD service. The id is ours and is stored before the call: the
-- service gets it as its idempotency key, so a call that is made twice makes one transcode.

create table handoffs (
    id               uuid primary key,
    upload_id        uuid not null references uploads (id),
    content_id       uuid not null references contents (id),
    run_id           uuid not null,
    state            text not null default 'open' check (state in ('open', 'completed', 'failed', 'abandoned')),
    -- The service's own id, once it answered.
    transcode_id     text,
    failure_code     text,
    failure_message  text,
    deadline         timestamptz not null,
    created_at       timestamptz not null,
    settled_at       timestamptz,
    check ((state = 'open') = (settled_at is null))
);

create unique index handoffs_one_open on handoffs (upload_id) where state = 'open';
create index handoffs_of_upload on handoffs (upload_id, created_at);

-- What came back and is played: one single-file fMP4 each, with the index of its segments.
create table renditions (
    content_id            uuid not null references contents (id),
    name                  text not null,
    handoff_id            uuid not null references handoffs (id),
    object_key            text not null,
    size_bytes            bigint not null,
    sha256                bytea not null check (length(sha256) = 32),
    width                 integer,
    height                integer,
    bandwidth_bps         bigint not null,
    average_bandwidth_bps bigint not null,
    codecs                text not null,
    -- {"init": {offset, length}, "segments": [{offset, length, duration_seconds}]}
    segment_index         jsonb not null,
    primary key (content_id, name)
);

-- Webhooks that were acted upon, for longer than their signature is good: a replay changes nothing.
create table received_webhooks (
    sender      text not null,
    event_id    text not null,
    received_at timestamptz not null,
    primary key (sender, event_id)
);
create index received_webhooks_old on received_webhooks (received_at);
