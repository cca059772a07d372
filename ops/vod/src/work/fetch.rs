//! Copies the source next to the work: ffmpeg then needs no network.

use std::{path::Path, time::Duration};

use reqwest::StatusCode;
use tokio::{fs::File, io::AsyncWriteExt};
use url::Url;

use crate::transcode::Failure;

const ATTEMPTS: u32 = 3;
/// A server that sends nothing for so long is given up.
const SILENCE: Duration = Duration::from_secs(30);

/// Copies `source` to `file`. `progress` hears the share that has arrived.
pub(super) async fn fetch(
    http: &reqwest::Client,
    source: &Url,
    file: &Path,
    max_bytes: u64,
    progress: impl Fn(f64),
) -> Result<(), Failure> {
    let mut attempt = 1;
    loop {
        match fetch_once(http, source, file, max_bytes, &progress).await {
            Err(failure) if failure.retryable && attempt < ATTEMPTS => {
                tracing::warn!(attempt, message = failure.message, "the source was not read");
                tokio::time::sleep(Duration::from_millis(500) * attempt).await;
                attempt += 1;
            }
            outcome => return outcome,
        }
    }
}

async fn fetch_once(
    http: &reqwest::Client,
    source: &Url,
    file: &Path,
    max_bytes: u64,
    progress: &impl Fn(f64),
) -> Result<(), Failure> {
    let answer = patiently(http.get(source.clone()).send()).await?;
    if answer.status() != StatusCode::OK {
        return Err(unreadable(&format!("its server answered {}", answer.status())));
    }
    let expected = answer.content_length();
    if expected.is_some_and(|bytes| bytes > max_bytes) {
        return Err(too_large(max_bytes));
    }
    let mut answer = answer;
    let mut file = File::create(file).await?;
    let mut arrived = 0;
    while let Some(bytes) = patiently(answer.chunk()).await? {
        arrived += bytes.len() as u64;
        if arrived > max_bytes {
            return Err(too_large(max_bytes));
        }
        file.write_all(&bytes).await?;
        if let Some(expected) = expected {
            progress(share(arrived, expected));
        }
    }
    file.flush().await?;
    match expected {
        Some(expected) if expected != arrived => Err(unreadable("it ended too early")),
        _ => Ok(()),
    }
}

async fn patiently<T>(
    waiting: impl Future<Output = Result<T, reqwest::Error>>,
) -> Result<T, Failure> {
    match tokio::time::timeout(SILENCE, waiting).await {
        Ok(outcome) => outcome.map_err(|error| unreadable(&error.without_url().to_string())),
        Err(_) => Err(unreadable(&format!("its server was silent for {} s", SILENCE.as_secs()))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no 53 bits")]
fn share(arrived: u64, expected: u64) -> f64 {
    arrived as f64 / expected.max(1) as f64
}

fn unreadable(reason: &str) -> Failure {
    Failure::new("source_unavailable", format!("the source cannot be read: {reason}"), true)
}

fn too_large(max_bytes: u64) -> Failure {
    Failure::new("source_too_large", format!("the source has more than {max_bytes} bytes"), false)
}
