//! People: their accounts, roles, sessions and tokens, and how each is proven.
//!
//! - becoming somebody: [`registering`], [`demo`]; who it is: [`Account`], [`profile`]
//! - being let in: [`signing_in`], [`sessions`], [`passwords`]; programs: [`api_tokens`]
//! - every request: [`authenticate`] makes a [`Caller`], who has [`Permission`]s
//! - against guessing: [`limits`]

mod access_token;
mod account;
pub(crate) mod account_store;
mod api_secret;
mod api_token_store;
pub mod api_tokens;
mod authenticating;
mod caller;
pub mod demo;
mod display_name;
mod email;
pub mod jobs;
mod keys;
pub mod limits;
pub(crate) mod mailed_token;
mod password;
pub mod passwords;
mod permission;
pub mod profile;
mod refresh_token;
pub mod refusals;
pub mod registering;
mod role;
mod session_store;
pub mod sessions;
pub mod signing_in;

pub use access_token::Claims;
pub use account::Account;
pub use api_secret::ApiSecret;
pub use api_token_store::ApiToken;
pub use authenticating::authenticate;
pub use caller::{Caller, Proof};
pub use display_name::DisplayName;
pub use email::Email;
pub use keys::Keys;
pub use limits::Limiter;
pub use password::{Password, Passwords};
pub use permission::Permission;
pub use refresh_token::RefreshToken;
pub use role::{Role, UnknownRole};
pub use session_store::{Rotation, Session, SessionStore};
