//! The resources of people: becoming somebody, being signed in, one's own account.

mod me;
mod notifications;
mod passwords;
mod registration;
mod sessions;
mod texts;
mod tokens;
mod views;

pub use me::Me;
pub(crate) use notifications::Notification;
pub use notifications::Notifications;
pub use passwords::Passwords;
pub use registration::Registration;
pub use sessions::Sessions;
pub use tokens::Tokens;
pub(crate) use views::Role;

/// The resources, for the service.
pub type Resources = (Registration, Sessions, Passwords, Me, Tokens, Notifications);

/// All of them.
pub const RESOURCES: Resources = (Registration, Sessions, Passwords, Me, Tokens, Notifications);

/// The areas of the document.
#[derive(poem_openapi::Tags)]
pub(crate) enum Area {
    /// Registering and proving an address.
    Accounts,
    /// Signing in, staying signed in, signing out.
    Sessions,
    /// Changing a password, and setting a new one by mail.
    Passwords,
    /// One's own account.
    Me,
    /// API tokens for programs.
    Tokens,
    /// What one was told.
    Notifications,
}
