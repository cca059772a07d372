//! How uploads end, counted.

/// Published.
pub const SUCCEEDED: &str = "succeeded";
/// Could not be prepared.
pub const FAILED: &str = "failed";
/// Not a file that can be used: no failure of ours.
pub const REFUSED: &str = "refused";
/// Given up by its creator or by time: no failure either.
pub const ABANDONED: &str = "abandoned";

/// Counts one upload that ended.
pub fn count(outcome: &'static str) {
    add(outcome, 1);
}

/// Shows every outcome from the start of a process on: who watches how a counter grows does not see
/// the first of a kind otherwise.
pub fn start_at_zero() {
    for outcome in [SUCCEEDED, FAILED, REFUSED, ABANDONED] {
        add(outcome, 0);
    }
}

fn add(outcome: &'static str, uploads: u64) {
    metrics::counter!("creator_studio_uploads_finished_total", "outcome" => outcome)
        .increment(uploads);
}
