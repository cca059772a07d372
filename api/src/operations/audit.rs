//! The audit log: what staff did.

use chrono::{DateTime, Utc};
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Query, payload::Json, types::Any};
use studio::{
    Studio,
    operations::{self, AuditEntry, AuditFilter},
    page::PageRequest,
};

use super::{Area, views};
use crate::{
    Problem,
    auth::{OpsRead, Permit},
    ids,
};

/// The resource.
pub struct Audit;

/// One action of staff.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct AuditRow {
    /// Its place in the log, from 1, without a gap.
    position: i64,
    /// Its id (`aud_…`).
    id: String,
    /// When it was done.
    at: DateTime<Utc>,
    /// Who did it (`acc_…`), or `console` for somebody with a shell on the host.
    actor: String,
    /// The name that they have now.
    actor_name: Option<String>,
    /// The role in which they did it.
    actor_role: String,
    /// What was done (`job.retry`).
    action: String,
    /// What it was done to (`job_…`).
    target: String,
    /// What was before.
    before: views::Json,
    /// What was after.
    after: views::Json,
    /// Why, in their words.
    reason: Option<String>,
    /// The request.
    request_id: Option<String>,
    /// The trace.
    trace_id: Option<String>,
    /// SHA-256 over this entry and the seal of the one before it, in hex.
    seal: String,
}

impl From<AuditEntry> for AuditRow {
    fn from(entry: AuditEntry) -> Self {
        Self {
            position: entry.position,
            id: entry.id.to_string(),
            at: entry.at,
            actor: entry.actor.map_or_else(|| "console".to_owned(), |actor| actor.to_string()),
            actor_name: entry.actor_name,
            actor_role: entry.actor_role,
            action: entry.action,
            target: entry.target,
            before: Any(entry.before),
            after: Any(entry.after),
            reason: entry.reason,
            request_id: entry.request_id,
            trace_id: entry.trace_id,
            seal: entry.seal,
        }
    }
}

/// A page of the audit log.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
struct AuditPage {
    /// The entries, the newest first.
    items: Vec<AuditRow>,
    /// Where the next page begins; none at the end.
    next_cursor: Option<String>,
}

#[OpenApi(prefix_path = "/v1/ops", tag = "Area::Audit")]
impl Audit {
    /// List what staff did
    ///
    /// The newest first. Conditions that are given must all hold.
    #[oai(path = "/audit", method = "get", operation_id = "audit.list")]
    #[allow(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn list(
        &self,
        _auth: Permit<OpsRead>,
        studio: Data<&Studio>,
        /// By this person (`acc_…`).
        actor: Query<Option<String>>,
        /// This action (`job.retry`).
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        action: Query<Option<String>>,
        /// On this (`job_…`).
        #[oai(validator(max_length = 100, pattern = r"^[^\x00]*$"))]
        target: Query<Option<String>>,
        /// From this moment on.
        from: Query<Option<DateTime<Utc>>>,
        /// Before this moment.
        until: Query<Option<DateTime<Utc>>>,
        /// From the page before.
        cursor: Query<Option<String>>,
        /// The most items, up to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<AuditPage>, Problem> {
        let page = PageRequest::parse(cursor.as_deref(), limit.0)?;
        let actor = actor.as_deref().map(|id| ids::parse(id, "actor")).transpose()?;
        let filter =
            AuditFilter { actor, action: action.0, target: target.0, from: from.0, until: until.0 };
        let log = operations::audit_log(&studio, &filter, &page).await?.map(AuditRow::from);
        Ok(Json(AuditPage { items: log.items, next_cursor: log.next_cursor }))
    }
}
