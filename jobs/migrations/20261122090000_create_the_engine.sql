-- The job engine's own schema. Product tables live elsewhere and never reference these.
create schema if not exists jobs;

-- ---------------------------------------------------------------------------------------------
-- Time. Business time is the database's clock plus an offset that tests move; leases use the
-- real clock, so that moving the offset never makes a living process look dead.
create table jobs.clock (
    only_row boolean primary key default true check (only_row),
    ahead interval not null default interval '0'
);
insert into jobs.clock default values;

create function jobs.now() returns timestamptz
    language sql stable parallel safe
    return now() + (select ahead from jobs.clock);

-- ---------------------------------------------------------------------------------------------
-- A process that runs jobs. Its row is the lease of everything it runs and the fence of every
-- acknowledgement: `jobs.job.session` must still be the session that acknowledges.
create table jobs.session (
    id bigint generated always as identity primary key,
    process text not null,
    pools text[] not null,
    version text not null,
    lease interval not null,
    started_at timestamptz not null default clock_timestamp(),
    seen_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    end_reason text check (end_reason in ('stopped', 'lost')),
    -- Its jobs were released, and late statements of its connections can no longer commit.
    settled_at timestamptz,
    check ((ended_at is null) = (end_reason is null))
);
create index session_unsettled on jobs.session (id) where settled_at is null;

-- ---------------------------------------------------------------------------------------------
-- Jobs that are not finished. `session is null` means ready (now or from `run_at` on);
-- otherwise that session runs it.
--
-- This table is the hot path. It has two indexes only, neither knows `session`, and its pages are
-- filled to less than half: so a fetch changes each row within its page and no index (HOT), which
-- takes a third of the server's work off a job. A fetch steps over the running rows of its queue
-- in the index; there are never more of them than slots.
create table jobs.job (
    id uuid primary key,
    queue text not null,
    name text not null,
    priority smallint not null,
    run_at timestamptz not null,
    created_at timestamptz not null,
    session bigint,
    started_at timestamptz,
    -- Attempts ever started, counted when a job is fetched.
    attempt integer not null default 0,
    -- Attempts that do not count against the limit: snoozes, interruptions, and all that came
    -- before a retry by staff.
    attempts_before integer not null default 0,
    max_attempts smallint not null,
    -- A duplicate was enqueued while it ran: it runs once more when it has finished.
    run_again boolean not null default false,
    args jsonb not null,
    tags text[],
    traceparent text,
    unique_key text,
    -- The workflow run that this job advances.
    run uuid
) with (
    fillfactor = 45,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_cost_delay = 0
);
create index job_by_turn on jobs.job (queue, priority, run_at, id);

-- Jobs that ended: their arguments, last attempt and outcome. Dead ones keep the error.
create table jobs.finished_job (
    id uuid primary key,
    queue text not null,
    name text not null,
    state text not null check (state in ('completed', 'dead', 'cancelled')),
    priority smallint not null,
    run_at timestamptz not null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz not null,
    session bigint,
    attempt integer not null,
    attempts_before integer not null,
    max_attempts smallint not null,
    args jsonb not null,
    tags text[],
    traceparent text,
    unique_key text,
    run uuid,
    code text,
    error text
);
create index finished_job_not_completed on jobs.finished_job (state, id) where state <> 'completed';
create index finished_job_of_run on jobs.finished_job (run) where run is not null;
create index finished_job_tags on jobs.finished_job using gin (tags) where tags is not null;
create index finished_job_finished_at on jobs.finished_job using brin (finished_at);

-- Every attempt that did not simply succeed; a success is the finished job's own row.
create table jobs.attempt (
    job uuid not null,
    number integer not null,
    session bigint,
    started_at timestamptz not null,
    finished_at timestamptz not null,
    outcome text not null check (outcome in ('failed', 'snoozed', 'cancelled', 'interrupted', 'lost')),
    code text,
    error text,
    trace_id text,
    primary key (job, number)
);

-- Who owns a unique key: until its job has finished, or until `expires_at` when that is set.
create table jobs.unique_key (
    key text primary key,
    job uuid not null,
    expires_at timestamptz
);
create index unique_key_expiring on jobs.unique_key (expires_at) where expires_at is not null;

-- Running jobs that staff asked to stop, read with every heartbeat.
create table jobs.cancellation (
    job uuid primary key,
    requested_at timestamptz not null default now()
);

-- Queues that nobody fetches from for now.
create table jobs.paused_queue (
    queue text primary key,
    paused_at timestamptz not null default now(),
    reason text
);

-- ---------------------------------------------------------------------------------------------
-- Schedules: the last tick that was decided, over all processes.
create table jobs.schedule (
    name text primary key,
    expression text not null,
    last_tick timestamptz not null
);

-- ---------------------------------------------------------------------------------------------
-- Workflow runs, their named steps, and the signals sent to them.
create table jobs.run (
    id uuid primary key,
    name text not null,
    version integer not null,
    queue text not null,
    subject text not null,
    state text not null default 'running'
        check (state in ('running', 'waiting', 'completed', 'failed', 'refused', 'cancelled')),
    -- The step that is under way, waited for, or failed.
    step text,
    input jsonb not null,
    tags text[],
    traceparent text,
    code text,
    error text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    finished_at timestamptz
);
create index run_of_subject on jobs.run (subject, id);
create index run_not_completed on jobs.run (state, id) where state <> 'completed';

create table jobs.step (
    run uuid not null references jobs.run on delete cascade,
    name text not null,
    position smallint not null,
    kind text not null check (kind in ('work', 'wait')),
    queue text not null,
    priority smallint not null,
    max_attempts smallint not null,
    state text not null default 'pending'
        check (state in ('pending', 'running', 'waiting', 'completed', 'failed', 'refused')),
    input jsonb,
    output jsonb,
    attempts integer not null default 0,
    -- The job that executes it, or the timer of its wait.
    job uuid,
    started_at timestamptz,
    finished_at timestamptz,
    deadline_at timestamptz,
    code text,
    error text,
    primary key (run, name),
    unique (run, position)
);

create table jobs.signal (
    run uuid not null references jobs.run on delete cascade,
    name text not null,
    dedupe_key text not null,
    payload jsonb not null,
    received_at timestamptz not null,
    consumed_at timestamptz,
    primary key (run, name, dedupe_key)
);

-- ---------------------------------------------------------------------------------------------
-- Both kinds of jobs in the words that people use, with one list of columns.
create view jobs.live_job_view as
    select id, queue, name,
        case when session is not null then 'running'
             when attempt > attempts_before and run_at > jobs.now() then 'retrying'
             when run_at > jobs.now() then 'scheduled'
             else 'available' end as state,
        args, tags, run, attempt, (attempts_before + max_attempts) as attempts_allowed,
        created_at, run_at, started_at, null::timestamptz as finished_at, session,
        null::text as code, null::text as error, traceparent
    from jobs.job;

create view jobs.finished_job_view as
    select id, queue, name, state, args, tags, run, attempt,
        (attempts_before + max_attempts) as attempts_allowed,
        created_at, run_at, started_at, finished_at, session, code, error, traceparent
    from jobs.finished_job;
