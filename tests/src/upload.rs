//! Uploading as any client does it: create, sign, send to the store, complete.

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::Client;

/// Creates an upload for bytes of this name and media type, private when ready.
pub async fn create(client: &Client, name: &str, media_type: &str, bytes: &[u8]) -> Value {
    let file = json!({
        "file_name": name, "size_bytes": bytes.len(), "media_type": media_type, "when_ready": "private",
    });
    client.post("/v1/uploads", &file).await.expect(201)
}

/// Creates, sends and completes; gives the upload as it was created.
pub async fn whole(client: &Client, name: &str, media_type: &str, bytes: &[u8]) -> Value {
    let upload = create(client, name, media_type, bytes).await;
    send(client, &upload, bytes).await;
    complete(client, &upload).await;
    upload
}

/// Sends every part.
pub async fn send(client: &Client, upload: &Value, bytes: &[u8]) {
    for (number, part) in (1..).zip(parts(upload, bytes)) {
        let status = send_part(client, upload, number, part, part).await;
        assert_eq!(status, StatusCode::OK, "part {number} arrives");
    }
}

/// Signs part `number` for the checksum of `promised` and sends `sent`; gives the store's answer.
pub async fn send_part(
    client: &Client,
    upload: &Value,
    number: u64,
    promised: &[u8],
    sent: &[u8],
) -> StatusCode {
    let address = sign(client, upload, number, promised).await;
    put(&address, sent).await
}

/// The address at which part `number` with these bytes may be put.
pub async fn sign(client: &Client, upload: &Value, number: u64, bytes: &[u8]) -> Value {
    let parts =
        json!({ "parts": [{ "number": number, "md5": STANDARD.encode(Md5::digest(bytes)) }] });
    let path = format!("{}/parts/sign", path(upload));
    client.post(&path, &parts).await.expect(200)["parts"][0].clone()
}

/// Puts bytes at a signed address.
pub async fn put(address: &Value, bytes: &[u8]) -> StatusCode {
    let url = address["url"].as_str().expect("an address");
    let mut request = reqwest::Client::new().put(url).body(bytes.to_vec());
    for (name, value) in address["headers"].as_object().expect("headers") {
        request = request.header(name, value.as_str().expect("a header"));
    }
    request.send().await.expect("the store answers").status()
}

/// Says that everything has been sent.
pub async fn complete(client: &Client, upload: &Value) -> Value {
    client.post(&format!("{}/complete", path(upload)), &json!({})).await.expect(202)
}

/// The upload as it is now.
pub async fn show(client: &Client, upload: &Value) -> Value {
    client.get(&path(upload)).await.expect(200)
}

/// The content that the upload is for, as it is now.
pub async fn content(client: &Client, upload: &Value) -> Value {
    let id = upload["content_id"].as_str().expect("an id");
    client.get(&format!("/v1/contents/{id}")).await.expect(200)
}

/// Follows the content, as its creator does, until nothing more happens to it by itself.
pub async fn settled(client: &Client, upload: &Value) -> Value {
    const SETTLED: [&str; 4] = ["private", "public", "failed", "refused"];
    let is_settled =
        |content: &Value| content["state"].as_str().is_some_and(|s| SETTLED.contains(&s));
    // Listening first: what happens between the question and the stream would be missed.
    let mut live = client.listen("/v1/events").await;
    let now = content(client, upload).await;
    if is_settled(&now) {
        return now;
    }
    let event = live.resume_until(client, |event| {
        event.kind == "content"
            && event.data["id"] == upload["content_id"]
            && is_settled(&event.data)
    });
    event.await.data
}

/// The bytes cut as the upload asks.
pub fn parts<'a>(upload: &Value, bytes: &'a [u8]) -> std::slice::Chunks<'a, u8> {
    let size = upload["part_size_bytes"].as_u64().expect("a size");
    bytes.chunks(usize::try_from(size).expect("fits in memory"))
}

/// The path of the upload.
pub fn path(upload: &Value) -> String {
    format!("/v1/uploads/{}", upload["id"].as_str().expect("an id"))
}
