-- The days of the pipeline. A day is open while it lasts, then closed once; what arrives after that marks the day and
-- shard, and only these are counted again.

create table analytics_days (
    day       date        primary key,
    closed_at timestamptz not null,
    -- The run that counts it, or counted it last.
    run_id    uuid        not null
);

-- How far each day is: the watermark of a shard is the newest day up to which all of its days are here.
create table analytics_shards (
    day              date        not null references analytics_days,
    shard            smallint    not null,
    counted_at       timestamptz not null,
    events           bigint      not null,
    set_aside_events bigint      not null,
    -- Late events were claimed for another count that has not ended yet.
    recount_asked_at timestamptz,
    primary key (day, shard)
);

create table late_marks (
    day       date        not null,
    shard     smallint    not null,
    marked_at timestamptz not null,
    marks     bigint      not null,
    primary key (day, shard)
);

-- What is served. All of it can be counted again from the events while these are kept; a row once there stays, with
-- zeros at the worst, since the events of a day only grow.
create table content_daily (
    content_id uuid   not null,
    day        date   not null,
    creator    uuid   not null,
    views      bigint not null,
    watch_ms   bigint not null,
    likes      bigint not null,
    unlikes    bigint not null,
    shares     bigint not null,
    subscribes bigint not null,
    viewers    bigint not null,
    primary key (content_id, day)
);
create index content_daily_of_creator on content_daily (creator, day);

create table creator_daily (
    creator    uuid   not null,
    day        date   not null,
    views      bigint not null,
    watch_ms   bigint not null,
    likes      bigint not null,
    unlikes    bigint not null,
    shares     bigint not null,
    subscribes bigint not null,
    viewers    bigint not null,
    primary key (creator, day)
);

-- Since the beginning.
create table content_totals (
    content_id uuid   primary key,
    creator    uuid   not null,
    views      bigint not null,
    watch_ms   bigint not null,
    likes      bigint not null,
    unlikes    bigint not null,
    shares     bigint not null,
    subscribes bigint not null
);

-- Who watched: of a content, or of all of a creator's contents.
create type audience_dimension as enum ('age', 'gender', 'country', 'device', 'source');
create table audience_daily (
    -- A content or a creator.
    subject   uuid               not null,
    day       date               not null,
    dimension audience_dimension not null,
    value     text               not null,
    views     bigint             not null,
    watch_ms  bigint             not null,
    -- Different people behind it.
    viewers   bigint             not null,
    -- Whether it may be shown: enough people stand behind it, and behind whatever is hidden beside it.
    shown     boolean            not null,
    primary key (subject, day, dimension, value)
);

-- How many watched stretches began, and ended, in the hundredths of a work in which any did.
create table retention_daily (
    content_id uuid       not null,
    day        date       not null,
    percents   smallint[] not null,
    began      integer[]  not null,
    ended      integer[]  not null,
    primary key (content_id, day),
    check (cardinality(began) = cardinality(percents) and cardinality(ended) = cardinality(percents))
);

-- What a declared rule (analytics/rules.rs) kept out of the figures.
create table set_aside_daily (
    creator  uuid   not null,
    day      date   not null,
    rule     text   not null,
    events   bigint not null,
    views    bigint not null,
    watch_ms bigint not null,
    primary key (creator, day, rule)
);
create index set_aside_daily_by_day on set_aside_daily (day);

-- Business figures, of the platform as a whole.
create table business_daily (
    day                date   primary key,
    contents_published bigint not null,
    creators_published bigint not null
);
create table business_monthly (
    -- Its first day.
    month                     date   primary key,
    creators_published        bigint not null,
    creators_published_before bigint not null,
    creators_retained         bigint not null
);
