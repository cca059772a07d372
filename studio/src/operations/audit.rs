//! Reading the audit log: who did what to what, when and why.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::audit_store;
use crate::{
    Result, Studio,
    ids::{AccountId, AuditId},
    page::{Page, PageRequest},
};

/// One action of staff, on record for good.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// Its place in the chain, from 1, without a gap.
    pub position: i64,
    /// Its id.
    pub id: AuditId,
    /// When it was done, by the clock of the database.
    pub at: DateTime<Utc>,
    /// Who did it; none at the console of the host.
    pub actor: Option<AccountId>,
    /// The name that they have now.
    pub actor_name: Option<String>,
    /// The role in which they did it, or `console`.
    pub actor_role: String,
    /// What was done ("job.retry").
    pub action: String,
    /// What it was done to, by its id.
    pub target: String,
    /// What was before.
    pub before: Value,
    /// What was after.
    pub after: Value,
    /// Why, in their words.
    pub reason: Option<String>,
    /// The request.
    pub request_id: Option<String>,
    /// The trace.
    pub trace_id: Option<String>,
    /// SHA-256 over this entry and the seal of the one before it, in hex.
    pub seal: String,
}

/// Which entries are asked for.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// By whom.
    pub actor: Option<AccountId>,
    /// Which action.
    pub action: Option<String>,
    /// On what.
    pub target: Option<String>,
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
}

/// Where a page of the log begins.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AuditCursor {
    pub(super) position: i64,
}

/// The log, the newest entry first.
pub async fn audit_log(
    studio: &Studio,
    filter: &AuditFilter,
    page: &PageRequest<AuditCursor>,
) -> Result<Page<AuditEntry>> {
    let mut db = studio.db.acquire().await?;
    audit_store::list(&mut db, filter, page).await
}

/// The first position at which an entry is missing, was changed or does not follow from the one
/// before; none when the whole chain holds. Reads the whole log.
pub async fn first_broken_seal(studio: &Studio) -> Result<Option<i64>> {
    let mut db = studio.db.acquire().await?;
    audit_store::first_broken(&mut db).await
}
