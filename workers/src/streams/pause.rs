//! [`Pause`]: waits longer each time.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// The first pause.
const SHORTEST: Duration = Duration::from_millis(250);
/// No pause is longer: by then what was away may be back, and a group must hear of its member again.
const LONGEST: Duration = Duration::from_secs(10);

/// Pauses between attempts; doubles from one to the next.
pub(super) struct Pause {
    next: Duration,
}

impl Pause {
    /// Begins with the shortest.
    pub const fn new() -> Self {
        Self { next: SHORTEST }
    }

    /// It went well: the next pause is the shortest again.
    pub const fn reset(&mut self) {
        self.next = SHORTEST;
    }

    /// Waits, unless asked to stop.
    pub async fn wait(&mut self, stop: &CancellationToken) {
        stop.run_until_cancelled(tokio::time::sleep(self.next)).await;
        self.next = (self.next * 2).min(LONGEST);
    }
}
