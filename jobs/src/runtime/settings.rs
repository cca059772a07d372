use std::time::Duration;

/// Whether the outcome of a job without a transaction of its own may be lost when the database
/// server crashes within the next moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// Acknowledgements are fsynced.
    #[default]
    Fsync,
    /// They are not: a few idempotent jobs may run again after a crash of the server.
    Relaxed,
}

/// How a process takes part in running jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How long a silent process keeps its jobs. It says that it lives three times as often;
    /// a dead one is noticed after at most four thirds of this. Default: 15 s.
    pub lease: Duration,
    /// How often an idle pool looks for work that nobody woke it for. Default: 1 s.
    pub poll: Duration,
    /// Whether acknowledgements are fsynced. Default: they are.
    pub acks: Durability,
    /// Whether this process also enqueues the catalogue's schedules and sweeps history.
    /// Default: it does; any number of processes may.
    pub housekeeping: bool,
    /// The program's version, shown with its sessions.
    pub version: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lease: Duration::from_secs(15),
            poll: Duration::from_secs(1),
            acks: Durability::Fsync,
            housekeeping: true,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

impl Settings {
    pub(crate) fn heartbeat(&self) -> Duration {
        self.lease / 3
    }
}
