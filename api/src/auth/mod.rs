//! Who may call an operation stands in its signature: `auth: Permit<ContentWrite>`.

mod permissions;
mod permit;
pub mod refresh_cookie;

pub use permissions::{
    AccountRead, AccountWrite, AdminAct, ContentRead, ContentWrite, OpsAct, OpsRead, Requires,
};
pub use permit::Permit;
