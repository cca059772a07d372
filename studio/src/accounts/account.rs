//! A person's account.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::Role;
use crate::ids::AccountId;

/// A person's account, as its owner sees it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The address, as its owner writes it.
    pub email: String,
    /// What its owner wants to be called.
    pub display_name: String,
    /// What its owner is to the product.
    pub roles: BTreeSet<Role>,
    /// When the address was proven.
    pub verified_at: Option<DateTime<Utc>>,
    /// When they registered.
    pub created_at: DateTime<Utc>,
}

/// A person's account and the hash of their password, to compare with.
#[derive(Debug)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// Argon2id, as a PHC string.
    pub password_hash: String,
}
