//! Through our endpoints: create, sign in batches, send to the store, ask what arrived.

use std::time::{Duration, Instant};

use futures::{TryStreamExt, stream};
use serde_json::{Value, json};
use tests::Client;

use crate::payload::{Part, Payload};

/// How many parts are signed at once.
const BATCH: usize = 100;

/// Uploads the payload and says how long it took, from the first request to the last part's answer.
pub async fn upload(creator: &Client, payload: &Payload, concurrency: usize) -> Duration {
    let store = reqwest::Client::new();
    let begun = Instant::now();
    let upload = create(creator, payload.size()).await;
    let path = format!("/v1/uploads/{}", upload["id"].as_str().expect("an id"));
    let parts = payload.parts(upload["part_size_bytes"].as_u64().expect("a size"));
    for batch in parts.chunks(BATCH) {
        send(&store, sign(creator, &path, batch).await, batch, concurrency).await;
    }
    let took = begun.elapsed();
    creator.delete(&path).await.expect(204);
    took
}

async fn create(creator: &Client, size: u64) -> Value {
    let file = json!({
        "file_name": "noise.mp4", "size_bytes": size, "media_type": "video/mp4", "when_ready": "private",
    });
    creator.post("/v1/uploads", &file).await.expect(201)
}

async fn sign(creator: &Client, path: &str, batch: &[Part]) -> Vec<Value> {
    let parts: Vec<_> =
        batch.iter().map(|part| json!({ "number": part.number, "md5": part.md5() })).collect();
    let signed =
        creator.post(&format!("{path}/parts/sign"), &json!({ "parts": parts })).await.expect(200);
    signed["parts"].as_array().expect("signed parts").clone()
}

async fn send(store: &reqwest::Client, signed: Vec<Value>, batch: &[Part], concurrency: usize) {
    stream::iter(signed.into_iter().zip(batch.to_vec()).map(Ok))
        .try_for_each_concurrent(concurrency, |(address, part)| put(store, address, part))
        .await
        .expect("every part arrives");
}

async fn put(store: &reqwest::Client, address: Value, part: Part) -> reqwest::Result<()> {
    let mut request = store.put(address["url"].as_str().expect("an address")).body(part.bytes);
    for (name, value) in address["headers"].as_object().expect("headers") {
        request = request.header(name, value.as_str().expect("a header"));
    }
    request.send().await?.error_for_status()?;
    Ok(())
}
