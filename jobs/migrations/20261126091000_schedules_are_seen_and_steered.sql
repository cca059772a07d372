-- What processes without the catalogue need to know of a schedule: those with it write it here.
alter table jobs.schedule
    add column zone text not null default 'UTC',
    add column missed text not null default 'once' check (missed in ('skip', 'once', 'all')),
    -- What it enqueues. Null until a process that knows it has looked.
    add column job text,
    add column about text not null default '',
    -- When a process that knows it last looked, on the real clock.
    add column seen_at timestamptz not null default now(),
    add column paused_at timestamptz,
    add column paused_by text,
    add column pause_reason text;

-- A schedule that every program has dropped is not seen any more while the others are. When no process
-- runs at all, none is seen, and all live.
create view jobs.living_schedule as
    select * from jobs.schedule
    where job is not null
        and seen_at > (select max(seen_at) from jobs.schedule) - interval '10 minutes';

-- The last firings of each schedule, and the ticks that were not fired.
create table jobs.firing (
    id bigint generated always as identity primary key,
    schedule text not null references jobs.schedule on delete cascade,
    kind text not null check (kind in ('tick', 'made_up', 'by_hand', 'skipped')),
    tick timestamptz,
    -- When it was enqueued, asked for by hand, or passed over.
    fired_at timestamptz not null,
    -- Null when it was skipped, and until a process has taken what was asked for by hand.
    job uuid,
    -- Who asked for it, or had paused the schedule.
    fired_by text,
    reason text,
    check ((kind = 'by_hand') = (tick is null)),
    check (kind <> 'skipped' or job is null)
);
create index firing_of_schedule on jobs.firing (schedule, id);
create index firing_wanted on jobs.firing (schedule) where kind = 'by_hand' and job is null;

-- The job in whose attempt a run was started.
alter table jobs.run add column started_by uuid;
create index run_started_by on jobs.run (started_by) where started_by is not null;
