//! Which of the servers behind the product answer.

mod probes;
mod watch;

pub use watch::{Reading, Watch, probe_all};

use crate::{Dependency, Studio};

/// Whether the product can do nothing at all without this server. Without any of the others some
/// things wait or fail, and say so.
pub const fn is_required(dependency: Dependency) -> bool {
    matches!(dependency, Dependency::Postgres)
}

/// Whether this process was given the address of a server that it can do without.
fn is_configured(studio: &Studio, dependency: Dependency) -> bool {
    dependency != Dependency::Kafka || studio.kafka.is_some()
}
