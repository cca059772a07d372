//! The rows of the audit log. The database gives each its place, its time and its seal.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::audit::{AuditCursor, AuditEntry, AuditFilter};
use crate::{
    Result,
    ids::{AccountId, AuditId},
    page::{Page, PageRequest},
};

/// What an action says about itself.
pub(super) struct NewEntry<'a> {
    pub id: AuditId,
    pub actor: Option<AccountId>,
    pub actor_role: &'static str,
    pub action: &'static str,
    pub target: &'a str,
    pub before: &'a Value,
    pub after: &'a Value,
    pub reason: Option<&'a str>,
    pub request_id: Option<&'a str>,
    pub trace_id: Option<&'a str>,
}

/// The place that an entry got in the chain.
pub(super) struct Link {
    pub position: i64,
    pub seal: Vec<u8>,
}

pub(super) async fn append(db: &mut PgConnection, entry: &NewEntry<'_>) -> Result<Link> {
    // position, at and the seals are the trigger's to write; what stands here is replaced.
    let link = sqlx::query_as!(
        Link,
        "insert into audit_log (id, actor, actor_role, action, target, before, after, reason,
                                request_id, trace_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         returning position, seal",
        entry.id.0,
        entry.actor.map(|id| id.0),
        entry.actor_role,
        entry.action,
        entry.target,
        entry.before,
        entry.after,
        entry.reason,
        entry.request_id,
        entry.trace_id,
    );
    Ok(link.fetch_one(db).await?)
}

struct Row {
    position: i64,
    id: Uuid,
    at: DateTime<Utc>,
    actor: Option<Uuid>,
    actor_name: Option<String>,
    actor_role: String,
    action: String,
    target: String,
    before: Value,
    after: Value,
    reason: Option<String>,
    request_id: Option<String>,
    trace_id: Option<String>,
    seal: Vec<u8>,
}

impl From<Row> for AuditEntry {
    fn from(row: Row) -> Self {
        Self {
            position: row.position,
            id: row.id.into(),
            at: row.at,
            actor: row.actor.map(AccountId::from),
            actor_name: row.actor_name,
            actor_role: row.actor_role,
            action: row.action,
            target: row.target,
            before: row.before,
            after: row.after,
            reason: row.reason,
            request_id: row.request_id,
            trace_id: row.trace_id,
            seal: hex::encode(row.seal),
        }
    }
}

/// The newest first.
pub(super) async fn list(
    db: &mut PgConnection,
    filter: &AuditFilter,
    page: &PageRequest<AuditCursor>,
) -> Result<Page<AuditEntry>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select position, audit_log.id, at, actor, accounts.display_name as "actor_name?",
                  actor_role, action, target, before, after, reason, request_id, trace_id, seal
           from audit_log left join accounts on accounts.id = audit_log.actor
           where ($1::bigint is null or position < $1)
             and ($2::uuid is null or actor = $2)
             and ($3::text is null or action = $3)
             and ($4::text is null or target = $4)
             and ($5::timestamptz is null or at >= $5)
             and ($6::timestamptz is null or at < $6)
           order by position desc
           limit $7"#,
        page.after.as_ref().map(|cursor| cursor.position),
        filter.actor.map(|id| id.0),
        filter.action,
        filter.target,
        filter.from,
        filter.until,
        page.rows(),
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(AuditEntry::from).collect();
    Ok(Page::from_rows(rows, page.limit, |entry| AuditCursor { position: entry.position }))
}

/// The first position at which the chain does not hold.
pub(super) async fn first_broken(db: &mut PgConnection) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar!("select audit_log_first_broken()").fetch_one(db).await?)
}
