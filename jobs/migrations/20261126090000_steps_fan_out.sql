-- A step may fan out: it decides a list of items, each item is executed as a job of its own, and the
-- last item that ends joins them.
alter table jobs.step drop constraint step_kind_check;
alter table jobs.step add constraint step_kind_check check (kind in ('work', 'wait', 'fan_out'));

-- Items that have not ended yet: the last to end finds 0 and joins. Null until the list is decided.
alter table jobs.step add column items_open integer check (items_open >= 0);

create table jobs.step_item (
    run uuid not null,
    step text not null,
    key text not null,
    position integer not null,
    input jsonb not null,
    output jsonb,
    state text not null default 'pending'
        check (state in ('pending', 'running', 'completed', 'failed', 'refused')),
    attempts integer not null default 0,
    -- The job that executes it; an outcome of another job changes nothing.
    job uuid not null,
    started_at timestamptz,
    finished_at timestamptz,
    code text,
    error text,
    primary key (run, step, key),
    foreign key (run, step) references jobs.step on delete cascade
);
