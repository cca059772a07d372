//! Queues.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{PgConnection, query_as};

/// A queue as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueueView {
    /// Its name.
    pub queue: String,
    /// Jobs that are due and wait for a slot.
    pub available: i64,
    /// Jobs that wait for their time.
    pub scheduled: i64,
    /// Jobs that failed and wait for their next attempt.
    pub retrying: i64,
    /// Jobs under way.
    pub running: i64,
    /// Jobs that are dead now.
    pub dead: i64,
    /// Jobs completed within the last hour.
    pub completed_last_hour: i64,
    /// Since when the longest waiting of the available jobs has been due.
    pub oldest_due_at: Option<DateTime<Utc>>,
    /// Since when nobody fetches from it.
    pub paused_at: Option<DateTime<Utc>>,
}

/// Every queue that has or had a job, by name.
pub async fn queues(conn: &mut PgConnection) -> Result<Vec<QueueView>, sqlx::Error> {
    query_as!(
        QueueView,
        r#"
        with live as (
            select queue,
                count(*) filter (where state = 'available') as available,
                count(*) filter (where state = 'scheduled') as scheduled,
                count(*) filter (where state = 'retrying') as retrying,
                count(*) filter (where state = 'running') as running,
                min(run_at) filter (where state = 'available') as oldest_due_at
            from jobs.live_job_view group by queue
        ), dead as (
            select queue, count(*) as dead from jobs.finished_job where state = 'dead' group by queue
        ), recent as (
            select queue, count(*) as completed from jobs.finished_job
            where state = 'completed' and finished_at > jobs.now() - interval '1 hour'
            group by queue
        )
        select queue as "queue!", coalesce(available, 0) as "available!",
            coalesce(scheduled, 0) as "scheduled!", coalesce(retrying, 0) as "retrying!",
            coalesce(running, 0) as "running!", coalesce(dead, 0) as "dead!",
            coalesce(completed, 0) as "completed_last_hour!",
            oldest_due_at as "oldest_due_at?", paused_at as "paused_at?"
        from live full join dead using (queue) full join recent using (queue)
            full join jobs.paused_queue using (queue)
        order by queue
        "#
    )
    .fetch_all(conn)
    .await
}
