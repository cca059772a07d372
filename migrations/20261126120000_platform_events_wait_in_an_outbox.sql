-- What the rest of the platform is told about contents (openapi/platform-events.md) waits here until Kafka
-- has it. A row is written in the transaction of the change that it tells of.
--
-- An event says how an object is now, so a newer one takes the place of one that still waits: there is one
-- row for each changed object, however long Kafka is away, and never two whose order could be confused.

create table platform_event_outbox (
    object_id     uuid primary key,
    -- Another one for each event: who sent one removes that one, not what took its place meanwhile.
    id            uuid not null,
    kind          text not null check (kind in ('content.published', 'content.changed', 'content.removed')),
    -- Grows with each event of the object.
    version       bigint not null,
    occurred_at   timestamptz not null,
    data          jsonb not null,
    -- Since when something of this object waits: what took its place waits no longer for it.
    waiting_since timestamptz not null default now()
);
create index platform_event_outbox_in_order on platform_event_outbox (waiting_since, object_id);

-- What a worker last saw of each stream, for the processes that are not connected to Kafka.
create table stream_reports (
    stream           text primary key check (stream in ('engagement_events', 'platform_events')),
    -- What keeps it from flowing; none: it flows.
    problem          text,
    -- Messages that the group of readers has not taken in yet, when that could be found out.
    waiting_messages bigint,
    -- Since when it flows, or does not.
    since            timestamptz not null,
    reported_at      timestamptz not null
);

-- The title as its creator spells it, for these events; the document in MongoDB stays its home. None where
-- a program that did not know this column wrote last: then it is still the upload's.
alter table contents add column title text;
