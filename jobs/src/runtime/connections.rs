//! How the engine's own connections are set up.

use sqlx::{PgPool, postgres::PgConnectOptions};

use super::Durability;
use crate::line::Line;

/// Its statements must not depend on how fresh the planner's statistics of a table are that is
/// empty now and has a million rows in a minute: they always use their indexes.
const PLANNING: [(&str, &str); 5] = [
    ("enable_seqscan", "off"),
    ("enable_bitmapscan", "off"),
    ("plan_cache_mode", "force_generic_plan"),
    ("jit", "off"),
    ("application_name", "jobs"),
];

/// No statement of a session that was given up may commit much later; see `settled_at`.
const PROMPTNESS: [(&str, &str); 2] = [("statement_timeout", "20s"), ("lock_timeout", "10s")];

fn options(db: &PgPool) -> PgConnectOptions {
    db.connect_options().as_ref().clone().options(PLANNING).options(PROMPTNESS)
}

/// A lost fetch gives a job back uncounted, so fetches need not be fsynced.
pub(super) fn fetching(db: &PgPool) -> Line {
    Line::new(options(db).options([("synchronous_commit", "off")]))
}

pub(super) fn acknowledging(db: &PgPool, durability: Durability) -> Line {
    let commit = if durability == Durability::Fsync { "on" } else { "off" };
    Line::new(options(db).options([("synchronous_commit", commit)]))
}

/// For the lease, rescues, schedules and sweeps.
pub(super) fn keeping(db: &PgPool) -> Line {
    let options = db.connect_options().as_ref().clone();
    Line::new(options.options(PROMPTNESS).options([("application_name", "jobs")]))
}
