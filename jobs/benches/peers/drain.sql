-- The same work without a client: one loop inside the server that fetches and finishes in batches.
create procedure drain() language plpgsql as $$
declare
    ids uuid[];
begin
    loop
        with fetched as (
            update jobs.job set session = 1, attempt = attempt + 1, started_at = (select jobs.now())
            where ctid = any (array(
                select ctid from jobs.job
                where queue = 'bench' and priority = 1 and session is null
                    and name = any ('{bench.noop}') and run_at <= (select jobs.now())
                order by run_at, id limit 500 for update skip locked))
            returning id
        )
        select array_agg(id) into ids from fetched;
        exit when ids is null;
        commit;
        with gone as (
            delete from jobs.job where id = any (ids) and session = 1 returning *
        )
        insert into jobs.finished_job (
            id, queue, name, state, priority, run_at, created_at, started_at, finished_at, session,
            attempt, attempts_before, max_attempts, args, tags, traceparent, run)
        select id, queue, name, 'completed', priority, run_at, created_at, started_at,
            (select jobs.now()), session, attempt, attempts_before, max_attempts, args, tags,
            traceparent, run
        from gone;
        commit;
    end loop;
end
$$;
