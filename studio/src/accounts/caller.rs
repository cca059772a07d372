//! Who is calling, once they have proven it.

use std::collections::BTreeSet;

use super::{Permission, Role, refusals};
use crate::{
    Result,
    ids::{AccountId, ApiTokenId, SessionId},
};

/// How the caller proved who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// An access token of a session that is still open.
    Session(SessionId),
    /// An API token, limited to its scopes.
    ApiToken(ApiTokenId, BTreeSet<Permission>),
}

/// A person, or a program of theirs, that may do some things.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The account.
    pub account: AccountId,
    /// What its owner is to the product.
    pub roles: BTreeSet<Role>,
    /// How they proved it.
    pub proof: Proof,
}

impl Caller {
    /// Lets the caller through if a role of theirs holds the permission and their token carries it.
    ///
    /// # Errors
    /// [`refusals::FORBIDDEN`], [`refusals::SCOPE_MISSING`] or [`refusals::SIGN_IN_NEEDED`].
    pub fn require(&self, permission: Permission) -> Result<()> {
        if !permission.is_held_by(&self.roles) {
            return Err(refusals::FORBIDDEN.refuse().into());
        }
        match &self.proof {
            Proof::ApiToken(_, _) if !permission.is_token_scope() => {
                Err(refusals::SIGN_IN_NEEDED.refuse().into())
            }
            Proof::ApiToken(_, scopes) if !scopes.contains(&permission) => {
                let missing = format!("This token lacks the scope `{}`.", permission.name());
                Err(refusals::SCOPE_MISSING.because(missing).into())
            }
            Proof::Session(_) | Proof::ApiToken(_, _) => Ok(()),
        }
    }

    /// The session, if the caller signed in with a password.
    pub fn session(&self) -> Option<SessionId> {
        match self.proof {
            Proof::Session(session) => Some(session),
            Proof::ApiToken(..) => None,
        }
    }
}
