//! Acknowledging in batches, fenced by the session that holds the jobs.

use sqlx::{PgConnection, query, query_scalar};
use uuid::Uuid;

use super::verdict::Report;
use crate::{clock::interval, outcome::Until};

/// Moves plain jobs to history that completed and have no unique key: the hot path. Says how many
/// of them were still the session's.
pub(super) async fn complete(
    conn: &mut PgConnection,
    session: i64,
    ids: &[Uuid],
) -> Result<usize, sqlx::Error> {
    let moved = query!(
        "with gone as (
            delete from jobs.job where id = any ($1) and session = $2 returning *
        )
        insert into jobs.finished_job (
            id, queue, name, state, priority, run_at, created_at, started_at, finished_at, session,
            attempt, attempts_before, max_attempts, args, tags, traceparent, run)
        select id, queue, name, 'completed', priority, run_at, created_at, started_at,
            (select jobs.now()), session, attempt, attempts_before, max_attempts, args, tags,
            traceparent, run
        from gone",
        ids,
        session
    )
    .execute(conn)
    .await?;
    Ok(usize::try_from(moved.rows_affected()).unwrap_or(usize::MAX))
}

/// A job that ends, dead or cancelled or with a unique key.
#[derive(Debug, Clone)]
pub(super) struct End {
    pub id: Uuid,
    pub unique_key: Option<String>,
    pub state: &'static str,
    pub report: Report,
    pub trace_id: Option<String>,
}

/// Moves such jobs to history, frees their keys, and enqueues again those that were asked to run
/// once more. Never waits for a key that an enqueuing transaction holds: such a job is not among
/// the answers, and its turn comes with the next batch.
pub(super) async fn end(
    conn: &mut PgConnection,
    session: i64,
    ends: &[End],
) -> Result<Vec<Uuid>, sqlx::Error> {
    let ids: Vec<Uuid> = ends.iter().map(|end| end.id).collect();
    let keys: Vec<Option<&str>> = ends.iter().map(|end| end.unique_key.as_deref()).collect();
    let states: Vec<&str> = ends.iter().map(|end| end.state).collect();
    let codes: Vec<_> = ends.iter().map(|end| end.report.code.as_deref()).collect();
    let errors: Vec<_> = ends.iter().map(|end| end.report.error.as_deref()).collect();
    let traces: Vec<_> = ends.iter().map(|end| end.trace_id.as_deref()).collect();
    let spares: Vec<Uuid> = ends.iter().map(|_| Uuid::now_v7()).collect();
    query_scalar!(
        r#"
        with t as materialized (select jobs.now() as now),
        asked as materialized (
            select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[],
                $6::text[], $7::uuid[]) as a (id, key, ending, code, error, trace_id, spare)
        ), free as materialized (
            select k.key from jobs.unique_key k where k.key = any ($2::text[]) for update skip locked
        ), gone as (
            delete from jobs.job j using asked a
            where j.id = a.id and j.session = $8
                and (a.key is null or a.key in (select key from free)
                    or not exists (select from jobs.unique_key k where k.key = a.key))
            returning j.*, a.ending, a.code, a.error, a.trace_id, a.spare
        ), kept as (
            insert into jobs.finished_job (
                id, queue, name, state, priority, run_at, created_at, started_at, finished_at,
                session, attempt, attempts_before, max_attempts, args, tags, traceparent,
                unique_key, run, code, error)
            select id, queue, name, ending, priority, run_at, created_at, started_at, t.now,
                session, attempt, attempts_before, max_attempts, args, tags, traceparent,
                unique_key, run, code, error
            from gone, t
        ), noted as (
            insert into jobs.attempt (
                job, number, session, started_at, finished_at, outcome, code, error, trace_id)
            select id, attempt, session, started_at, t.now,
                case ending when 'dead' then 'failed' else ending end, code, error, trace_id
            from gone, t where ending <> 'completed'
            on conflict do nothing
        ), again as (
            insert into jobs.job (
                id, queue, name, priority, run_at, created_at, max_attempts, args, tags,
                traceparent, unique_key, run)
            select spare, queue, name, priority, t.now, t.now, max_attempts, args, tags,
                traceparent, unique_key, run
            from gone, t where run_again
        ), moved as (
            update jobs.unique_key k set job = gone.spare
            from gone where k.key = gone.unique_key and k.job = gone.id and gone.run_again
        ), freed as (
            delete from jobs.unique_key k using gone
            where k.key = gone.unique_key and k.job = gone.id
                and k.expires_at is null and not gone.run_again
        ), heeded as (
            delete from jobs.cancellation c using gone where c.job = gone.id
        )
        select id as "id!" from gone
        "#,
        &ids,
        &keys as _,
        &states as _,
        &codes as _,
        &errors as _,
        &traces as _,
        &spares,
        session
    )
    .fetch_all(conn)
    .await
}

/// A job that goes back to its queue.
#[derive(Debug, Clone)]
pub(super) struct Again {
    pub id: Uuid,
    pub until: Until,
    pub outcome: &'static str,
    pub counts: bool,
    pub max_attempts: i16,
    pub report: Report,
    pub trace_id: Option<String>,
}

/// Puts jobs back and records the attempt.
pub(super) async fn again(
    conn: &mut PgConnection,
    session: i64,
    jobs: &[Again],
) -> Result<Vec<Uuid>, sqlx::Error> {
    let ids: Vec<Uuid> = jobs.iter().map(|job| job.id).collect();
    let (mut moments, mut waits) = (Vec::new(), Vec::new());
    for job in jobs {
        let (moment, wait) = match job.until {
            Until::At(moment) => (Some(moment), None),
            Until::In(wait) => (None, Some(interval(wait))),
        };
        moments.push(moment);
        waits.push(wait);
    }
    let outcomes: Vec<&str> = jobs.iter().map(|job| job.outcome).collect();
    let uncounted: Vec<i32> = jobs.iter().map(|job| i32::from(!job.counts)).collect();
    let limits: Vec<i16> = jobs.iter().map(|job| job.max_attempts).collect();
    let codes: Vec<_> = jobs.iter().map(|job| job.report.code.as_deref()).collect();
    let errors: Vec<_> = jobs.iter().map(|job| job.report.error.as_deref()).collect();
    let traces: Vec<_> = jobs.iter().map(|job| job.trace_id.as_deref()).collect();
    query_scalar!(
        r#"
        with t as materialized (select jobs.now() as now),
        asked as materialized (
            select * from unnest($1::uuid[], $2::timestamptz[], $3::interval[], $4::text[],
                $5::int4[], $6::int2[], $7::text[], $8::text[], $9::text[])
                as a (id, moment, wait, outcome, uncounted, max_attempts, code, error, trace_id)
        ), back as (
            update jobs.job j set session = null, run_again = false,
                run_at = coalesce(a.moment, t.now + a.wait),
                attempts_before = j.attempts_before + a.uncounted, max_attempts = a.max_attempts
            from asked a, t
            where j.id = a.id and j.session = $10
            returning j.id, j.attempt, j.started_at, a.outcome, a.code, a.error, a.trace_id
        ), noted as (
            insert into jobs.attempt (
                job, number, session, started_at, finished_at, outcome, code, error, trace_id)
            select id, attempt, $10, started_at, t.now, outcome, code, error, trace_id from back, t
            on conflict do nothing
        )
        select id as "id!" from back
        "#,
        &ids,
        &moments as _,
        &waits as _,
        &outcomes as _,
        &uncounted,
        &limits,
        &codes as _,
        &errors as _,
        &traces as _,
        session
    )
    .fetch_all(conn)
    .await
}

/// Which of these jobs the session still holds.
pub(super) async fn still_held(
    conn: &mut PgConnection,
    session: i64,
    ids: &[Uuid],
) -> Result<Vec<Uuid>, sqlx::Error> {
    query_scalar!("select id from jobs.job where id = any ($1) and session = $2", ids, session)
        .fetch_all(conn)
        .await
}

/// Takes back the count of an attempt that was fetched only to find that none is left.
pub(super) async fn uncount(
    conn: &mut PgConnection,
    session: i64,
    id: Uuid,
) -> Result<(), sqlx::Error> {
    query!("update jobs.job set attempt = attempt - 1 where id = $1 and session = $2", id, session)
        .execute(conn)
        .await?;
    Ok(())
}

/// Records the attempt that made a job dead, when its end has a transaction of its own.
pub(super) async fn note_failed(
    conn: &mut PgConnection,
    session: i64,
    id: Uuid,
    report: &Report,
    trace_id: Option<&str>,
) -> Result<(), sqlx::Error> {
    query!(
        "insert into jobs.attempt (
            job, number, session, started_at, finished_at, outcome, code, error, trace_id)
        select id, attempt, session, started_at, jobs.now(), 'failed', $3, $4, $5
        from jobs.job where id = $1 and session = $2
        on conflict do nothing",
        id,
        session,
        report.code,
        report.error,
        trace_id
    )
    .execute(conn)
    .await?;
    Ok(())
}
