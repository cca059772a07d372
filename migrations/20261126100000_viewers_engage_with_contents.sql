-- What viewers do, as players and the platform report it. The rows of a UTC day are one partition; which day it is
-- stands in the event's own id (a UUIDv7), so a repeated event meets one index, and a day is dropped as a whole.

create type engagement_kind as enum ('view', 'watch_progress', 'like', 'unlike', 'share', 'subscribe');
create type viewer_device as enum ('phone', 'tablet', 'computer', 'tv', 'console', 'bot', 'other', 'unknown');
create type traffic_source as enum
    ('search', 'browse', 'suggested', 'external', 'subscriptions', 'playlist', 'other', 'unknown');
create type age_group as enum ('13-17', '18-24', '25-34', '35-44', '45-54', '55-64', '65+', 'unknown');
create type viewer_gender as enum ('male', 'female', 'other', 'unknown');

create table engagement_events (
    id           uuid            primary key,
    content_id   uuid            not null,
    creator      uuid            not null,
    -- A pseudonym: the same person has the same one, and nobody can tell which person.
    viewer       uuid            not null,
    session      uuid            not null,
    kind         engagement_kind not null,
    device       viewer_device   not null,
    source       traffic_source  not null,
    age_group    age_group       not null,
    gender       viewer_gender   not null,
    -- When, in milliseconds of its day.
    day_ms       integer         not null,
    -- What a watch_progress says was watched since the one before; 0 for the other kinds.
    watched_ms   integer         not null,
    -- Which part of the rollup its creator belongs to (analytics/shard.rs).
    shard        smallint        not null,
    -- The hundredths of the work in which that stretch began and ended; none for the other kinds.
    from_percent smallint,
    to_percent   smallint,
    -- ISO 3166-1 alpha-2; ZZ where nobody knows.
    country      text            not null
) partition by range (id);

-- The smallest id that an event of a day can have.
create function engagement_day_floor(day date) returns uuid
language sql immutable strict parallel safe as $$
    select (lpad(to_hex((extract(epoch from day) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- The days of which there are or were events: where counting begins.
create table engagement_days (
    day        date        primary key,
    made_at    timestamptz not null,
    dropped_at timestamptz
);

-- Makes room for the events of a day. The product's own role owns no table, so this runs as its owner.
-- Attaching, rather than creating as a partition, lets others go on writing meanwhile.
create function engagement_make_day(day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    room text := 'engagement_events_' || to_char(day, 'YYYYMMDD');
begin
    perform pg_advisory_xact_lock(hashtextextended('engagement_make_day', 0));
    if to_regclass(room) is not null then
        return;
    end if;
    execute format('create table %I (like engagement_events including defaults including constraints)', room);
    execute format('alter table engagement_events attach partition %I for values from (%L) to (%L)',
        room, engagement_day_floor(day), engagement_day_floor(day + 1));
    insert into engagement_days (day, made_at) values (engagement_make_day.day, jobs.now()) on conflict do nothing;
end
$$;

-- Lets the events of all days before one go, and says which days that were. Rollups stay.
create function engagement_drop_days_before(day date) returns setof date
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    room record;
begin
    perform pg_advisory_xact_lock(hashtextextended('engagement_make_day', 0));
    for room in
        select child.relname as name, to_date(right(child.relname, 8), 'YYYYMMDD') as of_day
        from pg_inherits
        join pg_class child on child.oid = inhrelid
        where inhparent = 'engagement_events'::regclass
            and to_date(right(child.relname, 8), 'YYYYMMDD') < day
        order by 2
    loop
        execute format('drop table %I', room.name);
        update engagement_days set dropped_at = jobs.now() where engagement_days.day = room.of_day;
        return next room.of_day;
    end loop;
end
$$;

-- Lets the planner know how many events a day has, before they are counted.
create function engagement_analyze_day(day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if to_regclass('engagement_events_' || to_char(day, 'YYYYMMDD')) is not null then
        execute format('analyze %I', 'engagement_events_' || to_char(day, 'YYYYMMDD'));
    end if;
end
$$;

revoke execute on function
    engagement_make_day(date), engagement_drop_days_before(date), engagement_analyze_day(date) from public;
do $$
begin
    if exists (select from pg_roles where rolname = 'creator_studio_app') then
        grant execute on function
            engagement_make_day(date), engagement_drop_days_before(date), engagement_analyze_day(date)
            to creator_studio_app;
    end if;
end
$$;

-- What was not counted, and why: how many of each, and some of each to look at.
create table rejected_event_counts (
    day    date   not null,
    origin text   not null check (origin in ('http', 'stream')),
    code   text   not null,
    count  bigint not null,
    primary key (day, origin, code)
);

create table rejected_event_samples (
    id          uuid        primary key,
    rejected_at timestamptz not null,
    origin      text        not null check (origin in ('http', 'stream')),
    code        text        not null,
    detail      text        not null,
    -- The first 500 characters as they came.
    sample      text        not null check (char_length(sample) <= 500)
);
create index rejected_event_samples_by_code on rejected_event_samples (code, id desc);
