//! Who may do what: one table of permissions, the roles that hold them and the token scopes that carry
//! them. Every operation of the API names exactly one.

use std::collections::BTreeSet;

use super::Role::{self, Admin, Creator, Finance, Ops};

/// Something that a signed-in caller may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// See one's own uploads and content.
    ContentRead,
    /// Upload, edit, publish and delete one's own content.
    ContentWrite,
    /// See one's own figures.
    AnalyticsRead,
    /// See one's own account, sessions, tokens and notifications.
    AccountRead,
    /// Change them. Only a person who signed in may: a token cannot make tokens or change a password.
    AccountWrite,
    /// See queues, jobs, runs, workers and the audit log.
    OpsRead,
    /// Retry and cancel.
    OpsAct,
    /// Give and take roles.
    AdminAct,
}

/// One row of the table.
struct Row {
    permission: Permission,
    name: &'static str,
    roles: &'static [Role],
    /// Whether an API token can carry it.
    token_scope: bool,
}

const EVERYONE: &[Role] = &[Creator, Finance, Ops, Admin];

#[rustfmt::skip]
const TABLE: [Row; 8] = [
    row(Permission::ContentRead,  "content:read",  &[Creator, Admin], true),
    row(Permission::ContentWrite, "content:write", &[Creator, Admin], true),
    row(Permission::AnalyticsRead, "analytics:read", &[Creator, Admin], true),
    row(Permission::AccountRead,  "account:read",  EVERYONE,          true),
    row(Permission::AccountWrite, "account:write", EVERYONE,          false),
    row(Permission::OpsRead,      "ops:read",      &[Ops, Admin],     true),
    row(Permission::OpsAct,       "ops:act",       &[Ops, Admin],     true),
    row(Permission::AdminAct,     "admin:act",     &[Admin],          false),
];

const fn row(
    permission: Permission,
    name: &'static str,
    roles: &'static [Role],
    token_scope: bool,
) -> Row {
    Row { permission, name, roles, token_scope }
}

impl Permission {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.permission)
    }

    /// Its name in the API's document, and as a token scope.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The roles that hold it.
    pub const fn roles(self) -> &'static [Role] {
        self.row().roles
    }

    /// Whether an API token can carry it.
    pub const fn is_token_scope(self) -> bool {
        self.row().token_scope
    }

    /// Whether one of these roles holds it.
    pub fn is_held_by(self, roles: &BTreeSet<Role>) -> bool {
        self.roles().iter().any(|role| roles.contains(role))
    }

    /// The permission that a token scope names.
    pub fn from_scope(scope: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.token_scope && row.name == scope).map(|row| row.permission)
    }

    const fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_finds_its_own_row() {
        for permission in Permission::all() {
            assert_eq!(permission.row().permission, permission);
        }
    }

    #[test]
    fn a_token_can_never_change_the_account_it_belongs_to() {
        assert_eq!(Permission::from_scope("account:write"), None);
        assert_eq!(Permission::from_scope("content:write"), Some(Permission::ContentWrite));
    }

    #[test]
    fn running_the_product_is_for_ops_and_admins() {
        let creator = BTreeSet::from([Creator, Finance]);
        assert!(!Permission::OpsRead.is_held_by(&creator));
        assert!(Permission::OpsRead.is_held_by(&BTreeSet::from([Ops])));
    }
}
