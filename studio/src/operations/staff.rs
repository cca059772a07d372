//! Who acts: a member of staff, within one request.

use crate::{
    Result,
    accounts::{Caller, Permission},
    ids::AccountId,
};

/// How somebody at the console of the host is named.
pub(super) const CONSOLE: &str = "console";

/// A member of staff who asks for something, and the request in which they do.
#[derive(Debug, Clone)]
pub struct Staff {
    who: Who,
    request_id: Option<String>,
    trace_id: Option<String>,
}

#[derive(Debug, Clone)]
enum Who {
    Caller(Caller),
    Console,
}

impl Staff {
    /// Somebody who has proven who they are. Whether they may is decided when they act.
    pub fn caller(caller: Caller) -> Self {
        Self { who: Who::Caller(caller), request_id: None, trace_id: None }
    }

    /// Somebody with a shell on the host: whoever runs `creator-studio` there may do everything.
    pub fn console() -> Self {
        Self { who: Who::Console, request_id: None, trace_id: None }
    }

    /// Adds by which request and trace the action can be followed.
    #[must_use]
    pub fn within(self, request_id: Option<String>, trace_id: Option<String>) -> Self {
        Self { request_id, trace_id, ..self }
    }

    /// The account; none at the console.
    pub fn account(&self) -> Option<AccountId> {
        match &self.who {
            Who::Caller(caller) => Some(caller.account),
            Who::Console => None,
        }
    }

    /// How what they do names them where it cannot hold an account: its id, or `console`.
    pub(super) fn name_on_record(&self) -> String {
        self.account().map_or_else(|| CONSOLE.to_owned(), |account| account.to_string())
    }

    /// The role in which they do what needs `permission`, as the audit log names it.
    pub(super) fn role_for(&self, permission: Permission) -> Result<&'static str> {
        let Who::Caller(caller) = &self.who else { return Ok(CONSOLE) };
        caller.require(permission)?;
        let role = permission.roles().iter().find(|role| caller.roles.contains(role));
        Ok(role.map_or("none", |role| role.name()))
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    pub(super) fn trace_id(&self) -> Option<&str> {
        self.trace_id.as_deref()
    }
}
