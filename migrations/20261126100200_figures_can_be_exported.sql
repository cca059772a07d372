-- A table of figures that a creator asked for, written by a job and fetched by a short-lived address.
create table exports (
    id          uuid        primary key,
    owner       uuid        not null references accounts (id),
    report      text        not null check (report in ('daily', 'contents', 'audience')),
    from_day    date        not null,
    to_day      date        not null,
    content_id  uuid,
    state       text        not null default 'waiting' check (state in ('waiting', 'ready', 'failed', 'expired')),
    row_count   bigint,
    size_bytes  bigint,
    object_key  text,
    problem     text,
    created_at  timestamptz not null,
    finished_at timestamptz,
    expires_at  timestamptz,
    check (from_day <= to_day)
);
create index exports_of_owner on exports (owner, id desc);
create index exports_expiring on exports (expires_at) where state = 'ready';
