-- What people are told: in the portal, and by mail.

create table notifications (
    id              uuid primary key,
    account_id      uuid not null references accounts on delete cascade,
    kind            text not null,
    title           text not null,
    body            text not null,
    -- The work that it is about, if any.
    content_id      uuid,
    created_at      timestamptz not null default now(),
    read_at         timestamptz,
    -- The same event told twice is one notification.
    dedupe_key      text not null,
    unique (account_id, dedupe_key)
);
create index notifications_by_account on notifications (account_id, id desc);
create index notifications_unread on notifications (account_id) where read_at is null;

-- Every mail that was ever asked for, and whether it has left.
create table mails (
    -- Its Message-ID is made from this, so a repeated delivery carries the same one.
    id              uuid primary key,
    account_id      uuid references accounts on delete set null,
    recipient       text not null,
    -- Which letter, and the words that fill it in; never a token.
    letter          jsonb not null,
    -- The same event mailed twice is one mail.
    dedupe_key      text not null unique,
    created_at      timestamptz not null default now(),
    sent_at         timestamptz
);
create index mails_by_account on mails (account_id, id desc);
