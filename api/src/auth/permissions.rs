//! The permissions as types, so that a handler's signature can name one. Which roles hold them and which
//! tokens carry them is one table: `studio/src/accounts/permission.rs`.

use studio::accounts::Permission;

/// A permission as a type.
pub trait Requires: Send + Sync + 'static {
    /// The permission.
    const PERMISSION: Permission;
}

macro_rules! markers {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        pub struct $name;

        impl Requires for $name {
            const PERMISSION: Permission = Permission::$name;
        }
    )*};
}

markers!(
    /// See one's own uploads and content.
    ContentRead,
    /// Upload, edit, publish and delete one's own content.
    ContentWrite,
    /// See one's own figures.
    AnalyticsRead,
    /// See one's own account, sessions, tokens and notifications.
    AccountRead,
    /// Change them.
    AccountWrite,
    /// See queues, jobs, runs, workers and the audit log.
    OpsRead,
    /// Retry and cancel.
    OpsAct,
    /// Give and take roles.
    AdminAct,
);
