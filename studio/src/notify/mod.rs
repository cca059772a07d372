//! What people are told: in the portal, and by mail.
//!
//! [`tell`] is for things that happen to somebody's works or account: it notes them in the portal and,
//! where a mail helps, posts one. [`post`] is for letters alone. Both write in the caller's transaction,
//! and both do nothing for a `dedupe_key` that was used before.

pub mod jobs;
mod letter;
mod mail_store;
mod mailer;
mod notice;
mod notification;
mod notification_store;
mod posting;
pub mod refusals;
mod telling;

pub use letter::Letter;
pub use mailer::{Mailer, Outgoing};
pub use notice::{Notice, Visibility};
pub use notification::{Notification, NotificationCursor, Which, changed, list, mark_read};
pub use posting::{Post, post};
pub use telling::tell;
