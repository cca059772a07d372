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
    metrics::counter!("creator_studio_uploads_finished_total", "outcome" => outcome).increment(1);
}
