-- People, what they may do, and how they prove who they are.
-- Sessions are not here: they live in Redis, and losing them signs people out and loses nothing else.

create table accounts (
    id              uuid primary key,
    -- As its owner writes it; mails go here.
    email           text not null check (length(email) between 3 and 254),
    -- What makes two spellings the same address.
    email_key       text not null generated always as (lower(email)) stored unique,
    display_name    text not null check (length(display_name) between 1 and 80),
    -- Argon2id, as a PHC string.
    password_hash   text not null,
    verified_at     timestamptz,
    created_at      timestamptz not null default now()
);

create table account_roles (
    account_id      uuid not null references accounts on delete cascade,
    role            text not null check (role in ('creator', 'finance', 'ops', 'admin')),
    granted_at      timestamptz not null default now(),
    -- Nobody for what registration or the seed gave.
    granted_by      uuid references accounts,
    primary key (account_id, role)
);

-- Single-use tokens that were sent by mail. Only their SHA-256 is kept.
create table mailed_tokens (
    hash            bytea primary key check (length(hash) = 32),
    account_id      uuid not null references accounts on delete cascade,
    purpose         text not null check (purpose in ('verify_address', 'reset_password')),
    created_at      timestamptz not null default now(),
    expires_at      timestamptz not null,
    used_at         timestamptz
);
create index mailed_tokens_by_account on mailed_tokens (account_id, purpose);
create index mailed_tokens_by_expiry on mailed_tokens (expires_at);

-- Tokens for programs. Shown once; only their SHA-256 is kept.
create table api_tokens (
    id              uuid primary key,
    account_id      uuid not null references accounts on delete cascade,
    name            text not null check (length(name) between 1 and 80),
    hash            bytea not null unique check (length(hash) = 32),
    scopes          text[] not null check (cardinality(scopes) > 0),
    created_at      timestamptz not null default now(),
    expires_at      timestamptz,
    last_used_at    timestamptz,
    revoked_at      timestamptz
);
create index api_tokens_by_account on api_tokens (account_id, id desc) where revoked_at is null;
