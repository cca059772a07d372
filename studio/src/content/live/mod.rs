//! What a person can watch while it changes: uploads, contents, notifications.
//!
//! The truth is in Postgres: every change carries a number from its owner's sequence, and a watcher reads
//! what follows the last number it has seen. [`Live`] only says "look now": over Redis when it is there,
//! and by a poll of a few seconds in any case. So nothing is queued in memory, nothing is lost while a
//! device is away, and losing Redis costs a few seconds.

mod changes;
mod fan_out;
mod watching;

pub use changes::{Change, Changed};
pub use fan_out::Live;
pub use watching::{Watching, watch};
