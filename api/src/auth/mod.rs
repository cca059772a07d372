//! Who may call an operation stands in its signature: `auth: Permit<ContentWrite>`.

mod device;
mod network;
mod permissions;
mod permit;
pub mod refresh_cookie;

pub use device::From;
pub use network::{address_of, network_of};
pub use permissions::{
    AccountRead, AccountWrite, AdminAct, AnalyticsRead, ContentRead, ContentWrite, OpsAct, OpsRead,
    Requires,
};
pub use permit::{BEARER, Permit, bearer, bearer_token};
pub use refresh_cookie::{OptionalRefreshCookie, RefreshCookie};
