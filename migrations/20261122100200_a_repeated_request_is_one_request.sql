-- Answers to requests that carried an Idempotency-Key. Written in the transaction of the request's own
-- effect: the effect and its answer are there together or not at all.

create table idempotency_keys (
    account_id      uuid not null references accounts on delete cascade,
    key             text not null check (length(key) between 1 and 255),
    -- The operation id, and the SHA-256 of the request: the same key for anything else is refused.
    operation       text not null,
    fingerprint     bytea not null check (length(fingerprint) = 32),
    -- Holds no token and no presigned address. Null only inside the transaction that claims the key.
    answer          jsonb,
    created_at      timestamptz not null default now(),
    primary key (account_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
