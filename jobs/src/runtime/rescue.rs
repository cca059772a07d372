//! Giving back the jobs of processes that died, and hearing which jobs staff cancelled.

use sqlx::{PgConnection, query, query_scalar};
use uuid::Uuid;

/// Ends the sessions whose lease has run out, and gives back what ended sessions still hold.
/// The attempt counts, so a job that kills its process each time runs out of attempts.
///
/// A statement of a dead process may still commit a fetch after its session was ended; therefore
/// a session is looked at for a while longer, until it is settled.
pub(super) async fn rescue(conn: &mut PgConnection) -> Result<u64, sqlx::Error> {
    query!(
        "update jobs.session set ended_at = clock_timestamp(), end_reason = 'lost'
        where settled_at is null and ended_at is null and seen_at + lease < clock_timestamp()"
    )
    .execute(&mut *conn)
    .await?;
    let unsettled = query_scalar!(
        "select id from jobs.session where settled_at is null and ended_at is not null"
    )
    .fetch_all(&mut *conn)
    .await?;
    if unsettled.is_empty() {
        return Ok(0);
    }
    let rescued = give_back(conn, &unsettled).await?;
    query!(
        "update jobs.session set settled_at = clock_timestamp()
        where id = any ($1) and ended_at < clock_timestamp() - greatest(lease, interval '1 minute')",
        &unsettled
    )
    .execute(conn)
    .await?;
    Ok(rescued)
}

async fn give_back(conn: &mut PgConnection, sessions: &[i64]) -> Result<u64, sqlx::Error> {
    let rescued = query!(
        "with t as materialized (select jobs.now() as now),
        held as (
            select id, session, attempt, started_at, traceparent from jobs.job
            where session = any ($1) for update skip locked
        ), noted as (
            insert into jobs.attempt (
                job, number, session, started_at, finished_at, outcome, code, error, trace_id)
            select id, attempt, session, coalesce(started_at, t.now), t.now, 'lost', 'process.lost',
                'the process that ran this attempt was lost',
                nullif(split_part(traceparent, '-', 2), '')
            from held, t
            on conflict do nothing
        )
        update jobs.job set session = null, run_again = false
        from held where job.id = held.id",
        sessions
    )
    .execute(conn)
    .await?;
    Ok(rescued.rows_affected())
}

/// Which of these jobs staff cancelled.
pub(super) async fn cancellations(
    conn: &mut PgConnection,
    running: &[Uuid],
) -> Result<Vec<Uuid>, sqlx::Error> {
    query_scalar!("select job from jobs.cancellation where job = any ($1)", running)
        .fetch_all(conn)
        .await
}
