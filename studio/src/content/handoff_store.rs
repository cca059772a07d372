//! Hand-offs and webhooks in Postgres: one function a query. Who calls owns the transaction.

use jobs::RunId;
use sqlx::{PgConnection, query, query_as};
use uuid::Uuid;

use super::handoff::{Handoff, HandoffState, SettledFailure};
use crate::{
    Result,
    ids::{AccountId, ContentId, UploadId},
};

struct Row {
    id: Uuid,
    upload: UploadId,
    content: ContentId,
    owner: AccountId,
    run: Uuid,
    state: HandoffState,
    transcode_id: Option<String>,
    deadline: chrono::DateTime<chrono::Utc>,
}

impl From<Row> for Handoff {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            upload: row.upload,
            content: row.content,
            owner: row.owner,
            run: RunId(row.run),
            state: row.state,
            transcode_id: row.transcode_id,
            deadline: row.deadline,
        }
    }
}

macro_rules! select {
    ($which:literal, $($argument:expr),*) => {
        query_as!(
            Row,
            r#"select h.id, h.upload_id as "upload: UploadId", h.content_id as "content: ContentId",
                u.owner as "owner: AccountId", h.run_id as run, h.state as "state: HandoffState",
                h.transcode_id, h.deadline
            from handoffs h join uploads u on u.id = h.upload_id "# + $which,
            $($argument),*
        )
    };
}

/// The hand-off of this id, locked.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Handoff>> {
    Ok(select!("where h.id = $1 for update of h", id).fetch_optional(db).await?.map(Into::into))
}

/// The hand-off of this id.
pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Handoff>> {
    Ok(select!("where h.id = $1", id).fetch_optional(db).await?.map(Into::into))
}

/// The open hand-off of an upload.
pub async fn find_open(db: &mut PgConnection, upload: UploadId) -> Result<Option<Handoff>> {
    let row = select!("where h.upload_id = $1 and h.state = 'open'", upload.0);
    Ok(row.fetch_optional(db).await?.map(Into::into))
}

/// A new hand-off, unless one is open.
pub async fn insert(
    db: &mut PgConnection,
    upload: UploadId,
    content: ContentId,
    run: RunId,
    deadline_seconds: u64,
) -> Result<()> {
    #[allow(clippy::cast_precision_loss, reason = "an interval of seconds, far below 2^52")]
    let seconds = deadline_seconds as f64;
    query!(
        "insert into handoffs (id, upload_id, content_id, run_id, deadline, created_at)
        values ($1, $2, $3, $4, jobs.now() + make_interval(secs => $5), jobs.now())
        on conflict (upload_id) where state = 'open' do nothing",
        Uuid::now_v7(),
        upload.0,
        content.0,
        run.0,
        seconds
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The service answered.
pub async fn set_taken(db: &mut PgConnection, id: Uuid, transcode_id: &str) -> Result<()> {
    query!("update handoffs set transcode_id = $2 where id = $1", id, transcode_id)
        .execute(db)
        .await?;
    Ok(())
}

/// The service is done, or gave up.
pub async fn set_settled(
    db: &mut PgConnection,
    id: Uuid,
    state: HandoffState,
    failure: Option<&SettledFailure>,
) -> Result<()> {
    let completed = state == HandoffState::Completed;
    query!(
        "update handoffs set state = case when $2 then 'completed' else 'failed' end,
            failure_code = $3, failure_message = $4, settled_at = jobs.now()
        where id = $1",
        id,
        completed,
        failure.map(|f| f.code.as_str()),
        failure.map(|f| f.message.as_str()),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Nobody wants what is still open of an upload; the service's own ids of that are given back.
pub async fn abandon_open(db: &mut PgConnection, upload: UploadId) -> Result<()> {
    query!(
        "update handoffs set state = 'abandoned', settled_at = jobs.now()
        where upload_id = $1 and state = 'open'",
        upload.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Remembers a webhook; false if it was there before.
pub async fn remember_webhook(db: &mut PgConnection, sender: &str, event: &str) -> Result<bool> {
    let new = query!(
        "insert into received_webhooks (sender, event_id, received_at) values ($1, $2, jobs.now())
        on conflict do nothing",
        sender,
        event
    );
    Ok(new.execute(db).await?.rows_affected() > 0)
}

/// Forgets webhooks whose signature has long been too old, and says how many.
pub async fn forget_webhooks(db: &mut PgConnection) -> Result<u64> {
    let forgotten =
        query!("delete from received_webhooks where received_at < jobs.now() - interval '1 day'");
    Ok(forgotten.execute(db).await?.rows_affected())
}

/// Whether nobody waits for it any more. The grace lets a run's own deadline come first, where both are
/// the same: the run then fails at its wait, which is where staff look.
pub async fn is_overdue(db: &mut PgConnection, id: Uuid) -> Result<bool> {
    let overdue = sqlx::query_scalar!(
        r#"select deadline + interval '5 minutes' <= jobs.now() as "overdue!" from handoffs where id = $1"#,
        id
    );
    Ok(overdue.fetch_optional(db).await?.unwrap_or(true))
}

/// The hand-offs of a content that were made before this one.
pub async fn earlier_than(
    db: &mut PgConnection,
    content: ContentId,
    id: Uuid,
) -> Result<Vec<Uuid>> {
    let earlier = sqlx::query_scalar!(
        "select id from handoffs where content_id = $1 and id < $2",
        content.0,
        id
    );
    Ok(earlier.fetch_all(db).await?)
}
