//! What a queue finished lately, in slices of time small enough for a chart.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{PgConnection, postgres::types::PgInterval, query_as};

/// What one queue finished within one slice of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureView {
    /// The queue.
    pub queue: String,
    /// When the slice begins.
    pub from: DateTime<Utc>,
    /// Jobs that were completed.
    pub completed: i64,
    /// Jobs that died and are still dead.
    pub dead: i64,
    /// The sum of how long the completed ones ran in their last attempt, in milliseconds.
    pub busy_milliseconds: i64,
}

/// What every queue finished since `ago`, in slices of `slice`, by queue and time. Slices in which a
/// queue finished nothing are left out. Reads the history of that span: ask seldom, or for little.
pub async fn figures(
    conn: &mut PgConnection,
    ago: Duration,
    slice: Duration,
) -> Result<Vec<FigureView>, sqlx::Error> {
    let interval = |span| PgInterval::try_from(span).map_err(sqlx::Error::Encode);
    query_as!(
        FigureView,
        r#"
        select queue,
            date_bin($2, finished_at, timestamptz 'epoch') as "from!",
            count(*) filter (where state = 'completed') as "completed!",
            count(*) filter (where state = 'dead') as "dead!",
            (coalesce(sum(extract(epoch from finished_at - started_at))
                filter (where state = 'completed'), 0) * 1000)::bigint as "busy_milliseconds!"
        from jobs.finished_job
        where finished_at > jobs.now() - $1::interval and state in ('completed', 'dead')
        group by 1, 2
        order by 1, 2
        "#,
        interval(ago)?,
        interval(slice)?,
    )
    .fetch_all(conn)
    .await
}
