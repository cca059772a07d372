//! What waits for a person: dead jobs and failed runs, a line for each kind.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{PgConnection, query};

use crate::{JobId, RunId};

/// The dead jobs of one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadJobs {
    /// Their name.
    pub name: String,
    /// How many there are.
    pub count: i64,
    /// When the latest of them died.
    pub latest_at: DateTime<Utc>,
    /// The latest of them.
    pub latest: JobId,
    /// The first line of its error.
    pub error: Option<String>,
}

/// The failed runs of one workflow at one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailedRuns {
    /// The workflow.
    pub workflow: String,
    /// The step.
    pub step: Option<String>,
    /// How many there are.
    pub count: i64,
    /// When the latest of them failed.
    pub latest_at: DateTime<Utc>,
    /// The latest of them.
    pub latest: RunId,
    /// The first line of its error.
    pub error: Option<String>,
}

/// The dead jobs by name, those that died last first, at most 50 names. Jobs that a run is made of
/// are told by [`failed_runs`].
pub async fn dead_jobs(conn: &mut PgConnection) -> Result<Vec<DeadJobs>, sqlx::Error> {
    let rows = query!(
        r#"
        select distinct on (name) name, id, finished_at, split_part(error, E'\n', 1) as error,
            count(*) over (partition by name) as "count!"
        from jobs.finished_job
        where state = 'dead' and run is null
        order by name, finished_at desc
        limit 50
        "#
    )
    .fetch_all(conn)
    .await?;
    let mut dead: Vec<_> = rows
        .into_iter()
        .map(|row| DeadJobs {
            name: row.name,
            count: row.count,
            latest_at: row.finished_at,
            latest: JobId(row.id),
            error: row.error,
        })
        .collect();
    dead.sort_by_key(|jobs| std::cmp::Reverse(jobs.latest_at));
    Ok(dead)
}

/// The failed runs by workflow and step, those that failed last first, at most 50 of these.
pub async fn failed_runs(conn: &mut PgConnection) -> Result<Vec<FailedRuns>, sqlx::Error> {
    let rows = query!(
        r#"
        select distinct on (name, step) name, step, id, updated_at,
            split_part(error, E'\n', 1) as error,
            count(*) over (partition by name, step) as "count!"
        from jobs.run
        where state = 'failed'
        order by name, step, updated_at desc
        limit 50
        "#
    )
    .fetch_all(conn)
    .await?;
    let mut failed: Vec<_> = rows
        .into_iter()
        .map(|row| FailedRuns {
            workflow: row.name,
            step: row.step,
            count: row.count,
            latest_at: row.updated_at,
            latest: RunId(row.id),
            error: row.error,
        })
        .collect();
    failed.sort_by_key(|runs| std::cmp::Reverse(runs.latest_at));
    Ok(failed)
}
