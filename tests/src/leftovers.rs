//! What a test left behind: work that is due or running, and work that ended badly.

use sqlx::PgPool;

/// One line for each. A job that only waits for its time is no leftover.
pub async fn of(db: &PgPool) -> Vec<String> {
    let left = "
        select name || ' is due or running: ' || args::text from jobs.job
            where session is not null or run_at <= jobs.now()
        union all
        select name || ' is dead: ' || coalesce(error, '') from jobs.finished_job where state = 'dead'
        union all
        select name || ' failed at ' || coalesce(step, '?') || ': ' || coalesce(error, '')
            from jobs.run where state = 'failed'";
    sqlx::query_scalar(left).fetch_all(db).await.expect("the jobs of the test")
}

/// Whether nothing is due or running.
pub async fn nothing_is_due(db: &PgPool) -> bool {
    let due = "select not exists (
        select from jobs.job where session is not null or run_at <= jobs.now())";
    sqlx::query_scalar(due).fetch_one(db).await.expect("the jobs of the test")
}
