//! [`act`]: the one way in which staff change anything.

use std::ops::{Deref, DerefMut};

use serde::Serialize;
use serde_json::Value;
use sqlx::{PgConnection, Postgres, Transaction};

use super::{Reason, Staff, audit_store};
use crate::{Result, accounts::Permission, ids::AuditId};

/// Something that staff may do.
pub trait StaffAction: Send {
    /// Its stable name in the audit log, `what.verb`.
    const NAME: &'static str;
    /// What whoever does it must be permitted.
    const NEEDS: Permission;
    /// What the caller gets when it is done.
    type Done: Send;

    /// What it is done to, by its id as people see it.
    fn target(&self) -> String;

    /// Does it, or refuses.
    fn perform(
        self,
        acting: &mut Acting<'_>,
    ) -> impl Future<Output = Result<Change<Self::Done>>> + Send;
}

/// The transaction of an action that is being put on record. Only [`act`] makes one, so that a use
/// case which asks for it cannot be reached in another way.
#[derive(Debug)]
pub struct Acting<'a> {
    connection: &'a mut PgConnection,
    staff: &'a Staff,
}

impl Acting<'_> {
    /// Who acts.
    pub fn staff(&self) -> &Staff {
        self.staff
    }
}

impl Deref for Acting<'_> {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        self.connection
    }
}

impl DerefMut for Acting<'_> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.connection
    }
}

/// What an action changed, and what its caller gets.
#[derive(Debug)]
pub struct Change<T> {
    before: Value,
    after: Value,
    done: T,
}

impl<T> Change<T> {
    /// Keeps what was before and what is after: facts that a reader of the log needs, never a secret.
    ///
    /// # Errors
    /// A value that JSON cannot hold.
    pub fn new(before: impl Serialize, after: impl Serialize, done: T) -> Result<Self> {
        Ok(Self {
            before: serde_json::to_value(before)?,
            after: serde_json::to_value(after)?,
            done,
        })
    }
}

/// Does what staff asked for and puts it on record, both in `tx`.
///
/// # Errors
/// The refusal of a role that does not allow it, or what the action itself answers. The caller must
/// then roll back.
pub async fn act<A: StaffAction>(
    tx: &mut Transaction<'_, Postgres>,
    staff: &Staff,
    reason: Option<&Reason>,
    action: A,
) -> Result<A::Done> {
    let role = staff.role_for(A::NEEDS)?;
    let target = action.target();
    let change = action.perform(&mut Acting { connection: tx, staff }).await?;
    let entry = audit_store::NewEntry {
        id: AuditId::new(),
        actor: staff.account(),
        actor_role: role,
        action: A::NAME,
        target: &target,
        before: &change.before,
        after: &change.after,
        reason: reason.map(Reason::as_str),
        request_id: staff.request_id(),
        trace_id: staff.trace_id(),
    };
    // Last, because the log's lock is held from here to the commit.
    let link = audit_store::append(tx, &entry).await?;
    // The seal stands in the process log too: a chain that somebody recomputed contradicts it.
    tracing::info!(
        action = A::NAME,
        target = target,
        role,
        actor = staff.account().map(tracing::field::display),
        position = link.position,
        seal = hex::encode(&link.seal),
        "staff acted"
    );
    Ok(change.done)
}
