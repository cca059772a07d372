//! Many viewers of many works: the events that the benchmarks take in.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use studio::ids::ContentId;
use tests::{
    Harness,
    channel::{Channel, progress, view},
};

/// Works of some channels, spread over the shards.
pub async fn works(harness: &Harness, channels: usize, each: usize) -> Vec<ContentId> {
    let mut works = Vec::new();
    for _ in 0..channels {
        works.extend(Channel::open(harness, each).await.works);
    }
    works
}

/// So many events from `first` on: a view and five reports for each sitting.
pub fn events(works: &[ContentId], now: DateTime<Utc>, first: u32, count: u32) -> Vec<Value> {
    let event = |n: u32| {
        let (sitting, step) = (n / 6, n % 6);
        let work = works[sitting as usize % works.len()];
        let viewer = format!("viewer {}", sitting % 50_000);
        let at = now - TimeDelta::milliseconds(i64::from(n));
        match step {
            0 => view(work, &viewer, at, u128::from(n)),
            step => progress(work, &viewer, at, u128::from(n), (10, step * 10)),
        }
    };
    (first..first + count).map(event).collect()
}
