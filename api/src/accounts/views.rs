//! What accounts look like on the wire.

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object};
use studio::{accounts, content::storage::Storage as Room};

/// Oneself.
#[derive(Debug, Object)]
#[oai(rename = "Me")]
pub(super) struct MeView {
    /// The account (`acc_…`).
    pub id: String,
    /// The address, as one wrote it.
    pub email: String,
    /// What one wants to be called.
    pub display_name: String,
    /// What one is to the product.
    pub roles: Vec<Role>,
    /// Whether the address is proven.
    pub email_verified: bool,
    /// When one registered.
    pub created_at: DateTime<Utc>,
    /// How much room one has.
    pub storage: Storage,
}

/// How much room somebody has.
#[derive(Debug, Object)]
pub(super) struct Storage {
    /// How many bytes are kept or on their way in.
    pub used_bytes: u64,
    /// How many may be.
    pub quota_bytes: u64,
}

/// What somebody is to the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "lowercase")]
pub(crate) enum Role {
    /// Uploads and publishes.
    Creator,
    /// Pays creators.
    Finance,
    /// Runs the product.
    Ops,
    /// Sees all areas and gives roles.
    Admin,
}

impl From<accounts::Role> for Role {
    fn from(role: accounts::Role) -> Self {
        match role {
            accounts::Role::Creator => Self::Creator,
            accounts::Role::Finance => Self::Finance,
            accounts::Role::Ops => Self::Ops,
            accounts::Role::Admin => Self::Admin,
        }
    }
}

impl From<Role> for accounts::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Creator => Self::Creator,
            Role::Finance => Self::Finance,
            Role::Ops => Self::Ops,
            Role::Admin => Self::Admin,
        }
    }
}

impl MeView {
    /// The account and its room.
    pub fn of(account: accounts::Account, room: Room) -> Self {
        Self {
            id: account.id.to_string(),
            email: account.email,
            display_name: account.display_name,
            roles: account.roles.into_iter().map(Role::from).collect(),
            email_verified: account.verified_at.is_some(),
            created_at: account.created_at,
            storage: Storage { used_bytes: room.used_bytes, quota_bytes: room.quota_bytes },
        }
    }
}
