//! The lines in which the product's jobs wait. `workers` says which pool serves which.

use jobs::Queue;

/// Mails: someone waits for them, and a slow mail server must not hold up anything else.
pub const MAIL: Queue = Queue::new("mail");
/// Short work on content and accounts: sweeps, projections, polls.
pub const CONTENT: Queue = Queue::new("content");
/// Counting days, and files of figures.
pub const ANALYTICS: Queue = Queue::new("analytics");
/// Work that moves or decodes whole files.
pub const MEDIA: Queue = Queue::new("media");
