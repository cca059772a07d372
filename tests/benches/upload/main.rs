//! One gibibyte through our endpoints, against the S3 SDK straight to the same store.
//!
//! Same part size, same concurrency, the MD5 of every part on both sides, in turns; the median of the
//! rounds counts. The API runs as a process of its own, so that its memory can be read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that cannot run must stop"
)]
#![allow(clippy::print_stdout, reason = "its answer is its output")]

mod ours;
mod payload;
mod straight;

use std::{fs, time::Duration};

use tests::Harness;

/// How many times each side runs.
const ROUNDS: usize = 5;
/// How many parts are on their way at once.
const CONCURRENCY: usize = 4;

#[tokio::main]
async fn main() {
    let gibibytes: u64 =
        std::env::var("UPLOAD_MIB").map_or(1024, |text| text.parse().expect("a number"));
    let payload = payload::Payload::make(gibibytes * 1024 * 1024);
    let mut harness = Harness::start().await;
    harness.allow_leftovers();
    let (api, base) = harness.api_process().await;
    let creator = harness.creator().await.at(base);
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    ours::upload(&creator, &payload, CONCURRENCY).await; // warms both the store and the API
    let before = api.memory_bytes();
    for round in 0..ROUNDS {
        // Who goes first changes, so that neither always finds the store warm.
        if round % 2 == 0 {
            mine.push(ours::upload(&creator, &payload, CONCURRENCY).await);
            theirs.push(straight::upload(&harness.studio, &payload, CONCURRENCY).await);
        } else {
            theirs.push(straight::upload(&harness.studio, &payload, CONCURRENCY).await);
            mine.push(ours::upload(&creator, &payload, CONCURRENCY).await);
        }
    }
    let grown = api.memory_bytes().saturating_sub(before);
    report(
        "upload_1gib",
        median(mine).as_secs_f64(),
        median(theirs).as_secs_f64(),
        "s",
        "aws-sdk-s3, same part size, concurrency and MD5",
    );
    report("upload_api_memory_growth", mebibytes(grown), 20.0, "MiB", "limit");
    api.kill().await;
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Whole kibibytes are exact in a float, far beyond any memory.
fn mebibytes(bytes: u64) -> f64 {
    u32::try_from(bytes / 1024).map_or(f64::INFINITY, |kibibytes| f64::from(kibibytes) / 1024.0)
}

/// Prints one line, and keeps the same as JSON.
fn report(name: &str, ours: f64, theirs: f64, unit: &str, peer: &str) {
    let ratio = ours / theirs;
    println!(
        "BENCH {name} ratio={ratio:.3} ours={ours:.3} theirs={theirs:.3} unit={unit} peer={peer}"
    );
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    fs::create_dir_all(&folder).expect("the folder of the figures");
    let figures = serde_json::json!({ "name": name, "ratio": ratio, "ours": ours, "theirs": theirs, "unit": unit, "peer": peer });
    fs::write(folder.join(format!("{name}.json")), figures.to_string()).expect("the figures");
}
