//! The engine against its peers, on one server, alternating, medians of several rounds.
//!
//! `make bench-jobs` prints one `BENCH` line a figure and writes them to `target/bench/jobs.json`.
#![allow(clippy::print_stdout, reason = "its figures are its purpose")]

mod databases;
mod drain;
mod latency;
mod lateness;
mod ours;
mod peers;
mod report;

use std::error::Error;

use report::Report;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Result<()> {
    // `cargo bench` and `cargo test --benches` call it differently; only the first measures.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let mut report = Report::default();
    drain::measure(&mut report).await?;
    latency::measure(&mut report).await?;
    lateness::measure(&mut report).await?;
    report.write()
}
