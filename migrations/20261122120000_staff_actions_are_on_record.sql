-- Whoever acts is on record: one row for each action of staff, written in the action's transaction.
--
-- Rows can only be added. Three walls stand around them:
--   1. privileges: the role that the product runs as may INSERT and SELECT, nothing else;
--   2. a trigger that refuses UPDATE, DELETE and TRUNCATE for everyone, the owner and superusers
--      included, also in replication mode;
--   3. a chain of seals: each row holds the SHA-256 of itself and of the row before it, so that a
--      change made by somebody who took the first two down is found (audit_log_first_broken), and
--      a chain that was recomputed or cut contradicts the seals in the logs of the processes.

create table audit_log (
    -- 1, 2, 3 … without a gap: a missing row is seen.
    position      bigint      primary key,
    id            uuid        not null unique,
    at            timestamptz not null,
    -- The account that acted; none when it was done from the console of the host. No foreign key:
    -- the log outlives what it names.
    actor         uuid,
    actor_role    text        not null,
    -- What was done, by a stable name ("job.retry").
    action        text        not null check (action ~ '^[a-z_]+(\.[a-z_]+)+$'),
    -- What it was done to, by its id as people see it ("job_…", "acc_…").
    target        text        not null,
    before        jsonb       not null,
    after         jsonb       not null,
    reason        text        check (char_length(reason) between 1 and 500),
    request_id    text,
    trace_id      text,
    previous_seal bytea       not null,
    seal          bytea       not null,
    check ((actor is null) = (actor_role = 'console'))
);

create index audit_log_by_target on audit_log (target, position desc);
create index audit_log_by_actor  on audit_log (actor, position desc);
create index audit_log_by_action on audit_log (action, position desc);

-- The seal of a row. Its text form depends on no setting of the session (jsonb is canonical, the time
-- is a number), so that anybody can compute it again.
create function audit_log_seal(entry audit_log) returns bytea
language sql stable as $$
    select sha256(convert_to(jsonb_build_array(
        encode(entry.previous_seal, 'hex'), entry.position, entry.id, extract(epoch from entry.at),
        entry.actor, entry.actor_role, entry.action, entry.target, entry.before, entry.after,
        entry.reason, entry.request_id, entry.trace_id)::text, 'UTF8'))
$$;

-- Gives a new row its place at the end of the chain, whatever the writer said about it. Writers queue
-- on one lock until they commit: people act seldom, and a chain needs an order.
create function audit_log_append() returns trigger
language plpgsql as $$
declare
    last audit_log;
begin
    perform pg_advisory_xact_lock(hashtextextended('audit_log', 0));
    select * into last from audit_log order by position desc limit 1;
    new.position := coalesce(last.position, 0) + 1;
    new.at := clock_timestamp();
    new.previous_seal := coalesce(last.seal, sha256('audit_log'));
    new.seal := audit_log_seal(new);
    return new;
end
$$;

create trigger audit_log_append before insert on audit_log
    for each row execute function audit_log_append();

create function audit_log_refuse() returns trigger
language plpgsql as $$
begin
    raise exception 'the audit log is append-only: % is refused', tg_op
        using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_log_is_append_only before update or delete or truncate on audit_log
    for each statement execute function audit_log_refuse();

alter table audit_log enable always trigger audit_log_append;
alter table audit_log enable always trigger audit_log_is_append_only;

-- The first position whose row is missing, was changed or does not follow from the row before it;
-- none when the whole chain holds.
create function audit_log_first_broken() returns bigint
language sql stable as $$
    select expected from (
        select row_number() over chain as expected,
               position,
               seal = audit_log_seal(audit_log) as sealed,
               previous_seal = lag(seal, 1, sha256('audit_log')) over chain as linked
        from audit_log
        window chain as (order by position)
    ) as links
    where position <> expected or not sealed or not linked
    order by expected
    limit 1
$$;

-- Also the owner of the table goes without the privileges that would change it. What the product's own
-- role may do stands in a later migration.
revoke all on audit_log from public;
revoke update, delete, truncate on audit_log from current_user;
