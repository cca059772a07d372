//! The outbox in Postgres: one function a query. Who calls owns the transaction.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{PgConnection, query, query_as, query_scalar};
use uuid::Uuid;

use super::PlatformEvent;
use crate::{
    Result,
    ids::{ContentId, PlatformEventId},
};

/// An event that waits.
pub struct Waiting {
    pub id: PlatformEventId,
    pub object: ContentId,
    pub kind: String,
    pub version: i64,
    pub occurred_at: DateTime<Utc>,
    pub data: Value,
}

/// Writes an event in place of one of the same object that still waits. What was published and changed
/// before anybody knew of it is published as it is now.
pub async fn put(db: &mut PgConnection, event: &PlatformEvent) -> Result<()> {
    query!(
        "insert into platform_event_outbox as waiting (object_id, id, kind, version, occurred_at, data)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (object_id) do update set
            kind = case when waiting.kind = 'content.published' and excluded.kind = 'content.changed'
                then waiting.kind else excluded.kind end,
            id = excluded.id, version = excluded.version, occurred_at = excluded.occurred_at,
            data = excluded.data",
        event.object.0,
        event.id.0,
        event.about.kind(),
        event.version,
        event.occurred_at,
        event.about.data()?
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether nobody else is sending; for as long as this transaction lasts, nobody else is.
pub async fn alone(db: &mut PgConnection) -> Result<bool> {
    let lock = query_scalar!(
        r#"select pg_try_advisory_xact_lock(hashtextextended('platform_event_outbox', 0)) as "mine!""#
    );
    Ok(lock.fetch_one(db).await?)
}

/// Those that have waited longest.
pub async fn oldest(db: &mut PgConnection, most: i64) -> Result<Vec<Waiting>> {
    let rows = query_as!(
        Waiting,
        r#"select id as "id: PlatformEventId", object_id as "object: ContentId", kind, version, occurred_at, data
        from platform_event_outbox order by waiting_since, object_id limit $1"#,
        most
    );
    Ok(rows.fetch_all(db).await?)
}

/// Removes events that were sent, but not what took their places meanwhile.
pub async fn remove(db: &mut PgConnection, sent: &[(ContentId, PlatformEventId)]) -> Result<()> {
    let (objects, ids): (Vec<Uuid>, Vec<Uuid>) =
        sent.iter().map(|(object, id)| (object.0, id.0)).unzip();
    query!(
        "delete from platform_event_outbox as waiting
        using unnest($1::uuid[], $2::uuid[]) as sent (object_id, id)
        where waiting.object_id = sent.object_id and waiting.id = sent.id",
        &objects,
        &ids
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How many wait, and for how many seconds the first of them has.
pub async fn backlog(db: &mut PgConnection) -> Result<(i64, f64)> {
    let row = query!(
        r#"select count(*) as "waiting!",
            coalesce(extract(epoch from now() - min(waiting_since))::float8, 0) as "oldest_seconds!"
        from platform_event_outbox"#
    );
    let row = row.fetch_one(db).await?;
    Ok((row.waiting, row.oldest_seconds))
}
