//! People: their accounts, roles, sessions and tokens, and how each is proven.

mod access_token;
mod api_secret;
mod api_token_store;
mod authenticating;
mod caller;
mod keys;
mod permission;
mod refresh_token;
pub mod refusals;
mod role;
mod session_store;

pub use access_token::Claims;
pub use api_secret::ApiSecret;
pub use api_token_store::ApiToken;
pub use authenticating::authenticate;
pub use caller::{Caller, Proof};
pub use keys::Keys;
pub use permission::Permission;
pub use refresh_token::RefreshToken;
pub use role::{Role, UnknownRole};
pub use session_store::{Rotation, Session, SessionStore};
