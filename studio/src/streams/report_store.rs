//! Reports of streams in Postgres: one function a query.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, query, query_as};

use super::{Report, Stream};
use crate::Result;

/// The last report of a stream.
pub struct Row {
    pub problem: Option<String>,
    pub waiting_messages: Option<i64>,
    pub since: DateTime<Utc>,
    pub reported_at: DateTime<Utc>,
    /// How old it is by the database's clock, which it was written by.
    pub age_seconds: f64,
}

/// Replaces the report before; `since` stays while it flows on, or does not flow.
pub async fn put(db: &mut PgConnection, stream: Stream, report: &Report) -> Result<()> {
    query!(
        "insert into stream_reports as before (stream, problem, waiting_messages, since, reported_at)
        values ($1, $2, $3, now(), now())
        on conflict (stream) do update set problem = excluded.problem,
            waiting_messages = excluded.waiting_messages, reported_at = excluded.reported_at,
            since = case when (before.problem is null) = (excluded.problem is null)
                then before.since else excluded.since end",
        stream.name(),
        report.problem,
        report.waiting_messages
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut PgConnection, stream: Stream) -> Result<Option<Row>> {
    let row = query_as!(
        Row,
        r#"select problem, waiting_messages, since, reported_at,
            extract(epoch from now() - reported_at)::float8 as "age_seconds!"
        from stream_reports where stream = $1"#,
        stream.name()
    );
    Ok(row.fetch_optional(db).await?)
}
