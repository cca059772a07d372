//! The pipeline of figures against plain SQL that does the same: taking events in, counting a day, answering.
//!
//! `ANALYTICS_BENCH=ingest,roll_up,dashboard` runs some of them; `ANALYTICS_EVENTS` sets the size of the day.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "a benchmark that cannot run must stop; its counts are far below 2^52"
)]
#![allow(clippy::print_stdout, reason = "its answer is its output")]

mod crowd;
mod dashboard;
mod ingest;
mod report;
mod roll_up;

#[tokio::main]
async fn main() {
    let chosen =
        std::env::var("ANALYTICS_BENCH").unwrap_or_else(|_| "ingest,roll_up,dashboard".into());
    for name in chosen.split(',') {
        match name {
            "ingest" => ingest::run().await,
            "roll_up" => roll_up::run().await,
            "dashboard" => dashboard::run().await,
            other => panic!("there is no benchmark `{other}`"),
        }
    }
}
