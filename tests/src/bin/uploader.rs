//! A small uploading client as a process of its own, so that a test can kill it in the middle.
//!
//! `uploader <api> <token> <file> <media type> [<upload>]` creates an upload, or goes on with one: it
//! asks which parts have arrived, sends the others, prints `sent <number>` for each, and completes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a client of the tests")]
#![allow(clippy::print_stdout, reason = "the test reads what has been sent")]

use std::{
    collections::BTreeSet,
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use futures::{TryStreamExt, stream};
use md5::{Digest, Md5};
use serde_json::{Value, json};
use tests::Client;

/// How many parts are on their way at once.
const CONCURRENCY: usize = 4;
/// How many parts are signed at once.
const BATCH: usize = 8;

#[tokio::main]
async fn main() {
    tests::install_tls();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [api, token, file, media_type, rest @ ..] = arguments.as_slice() else {
        panic!("uploader <api> <token> <file> <media type> [<upload>]");
    };
    let client = Client::new(api.parse().expect("an address")).with_token(token);
    let upload = match rest.first() {
        Some(id) => client.get(&format!("/v1/uploads/{id}")).await.expect(200),
        None => create(&client, file, media_type).await,
    };
    say(&format!("upload {}", id(&upload)));
    send_missing(&client, &upload, file).await;
    client.post(&format!("/v1/uploads/{}/complete", id(&upload)), &json!({})).await.expect(202);
    say("completed");
}

async fn create(client: &Client, file: &str, media_type: &str) -> Value {
    let size = std::fs::metadata(file).expect("a file").len();
    let name = file.rsplit('/').next().expect("a name");
    let body = json!({ "file_name": name, "size_bytes": size, "media_type": media_type, "when_ready": "private" });
    client.post("/v1/uploads", &body).await.expect(201)
}

async fn send_missing(client: &Client, upload: &Value, file: &str) {
    let part_size = upload["part_size_bytes"].as_u64().expect("a size");
    let count = upload["part_count"].as_u64().expect("a count");
    let arrived = arrived(client, upload).await;
    let missing: Vec<u64> = (1..=count).filter(|number| !arrived.contains(number)).collect();
    let store = reqwest::Client::new();
    for batch in missing.chunks(BATCH) {
        let parts: Vec<_> =
            batch.iter().map(|number| (*number, read(file, *number, part_size))).collect();
        let signed = sign(client, upload, &parts).await;
        stream::iter(signed.into_iter().zip(parts).map(Ok::<_, reqwest::Error>))
            .try_for_each_concurrent(CONCURRENCY, |(address, (number, bytes))| {
                let request = put(&store, &address, bytes);
                async move {
                    request.send().await?.error_for_status()?;
                    say(&format!("sent {number}"));
                    Ok(())
                }
            })
            .await
            .expect("every part arrives");
    }
}

/// The numbers of the parts that the store has.
async fn arrived(client: &Client, upload: &Value) -> BTreeSet<u64> {
    let (mut numbers, mut after) = (BTreeSet::new(), 0);
    loop {
        let path = format!("/v1/uploads/{}/parts?after={after}", id(upload));
        let page = client.get(&path).await.expect(200);
        let parts = page["parts"].as_array().expect("parts");
        numbers.extend(parts.iter().map(|part| part["number"].as_u64().expect("a number")));
        match page["next"].as_u64() {
            Some(next) => after = next,
            None => return numbers,
        }
    }
}

async fn sign(client: &Client, upload: &Value, parts: &[(u64, Vec<u8>)]) -> Vec<Value> {
    let md5 = |bytes: &[u8]| STANDARD.encode(Md5::digest(bytes));
    let parts: Vec<_> =
        parts.iter().map(|(n, bytes)| json!({ "number": n, "md5": md5(bytes) })).collect();
    let path = format!("/v1/uploads/{}/parts/sign", id(upload));
    let signed = client.post(&path, &json!({ "parts": parts })).await.expect(200);
    signed["parts"].as_array().expect("signed parts").clone()
}

fn put(store: &reqwest::Client, address: &Value, bytes: Vec<u8>) -> reqwest::RequestBuilder {
    let mut request = store.put(address["url"].as_str().expect("an address")).body(bytes);
    for (name, value) in address["headers"].as_object().expect("headers") {
        request = request.header(name, value.as_str().expect("a header"));
    }
    request
}

fn read(file: &str, number: u64, part_size: u64) -> Vec<u8> {
    let mut file = File::open(file).expect("a file");
    file.seek(SeekFrom::Start((number - 1) * part_size)).expect("a place in it");
    let mut bytes = Vec::new();
    file.take(part_size).read_to_end(&mut bytes).expect("a part of it");
    bytes
}

fn id(upload: &Value) -> &str {
    upload["id"].as_str().expect("an id")
}

/// A line at once, although the output is a pipe.
fn say(line: &str) {
    println!("{line}");
    std::io::stdout().flush().expect("somebody reads");
}
