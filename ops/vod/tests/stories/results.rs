//! Results: what was made, and how it is fetched.

use reqwest::{StatusCode, header::RANGE};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    client::{http, order},
    process::Vod,
    receiver::Receiver,
    sources::Sources,
};

async fn fetched(url: &Value) -> Vec<u8> {
    let answer = http().get(url.as_str().unwrap()).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer.bytes().await.unwrap().to_vec()
}

async fn transcoded(media_type: &str, kind: &str) -> (tempfile::TempDir, Vod, Value) {
    let data = tempfile::tempdir().unwrap();
    let (vod, receiver, sources) =
        (Vod::start(data.path()), Receiver::listen().await, Sources::serve().await);
    let (_, url) = sources.clip(media_type).await;
    vod.accepted(&order("upload-1", &url, kind, &receiver)).await;
    let mut heard = receiver.next_final().await;
    assert_eq!(heard.kind, "transcode.completed", "{}", heard.body);
    (data, vod, heard.body["transcode"]["result"].take())
}

#[tokio::test]
async fn a_video_becomes_renditions_that_are_what_the_result_says() {
    let (_data, _vod, result) = transcoded("video/mp4", "video").await;
    assert!((result["duration_seconds"].as_f64().unwrap() - 10.0).abs() < 0.1);
    assert_eq!((&result["width"], &result["height"]), (&json!(1280), &json!(720)));
    assert_eq!(result["has_audio"], true);
    let renditions = result["renditions"].as_array().unwrap();
    let names: Vec<_> = renditions.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["720p", "360p"]);
    for rendition in renditions {
        let bytes = fetched(&rendition["url"]).await;
        assert_eq!(rendition["bytes"], json!(bytes.len()));
        assert_eq!(rendition["sha256"], json!(hex::encode(Sha256::digest(&bytes))));
        assert!(rendition["codecs"].as_str().unwrap().starts_with("avc1.64"));
        assert_eq!(rendition["segments"].as_array().unwrap().len(), 3);
    }
    let picture = fetched(&result["thumbnail"]["url"]).await;
    assert!(picture.starts_with(&[0xff, 0xd8, 0xff]));
    assert_eq!(result["thumbnail"]["sha256"], json!(hex::encode(Sha256::digest(&picture))));
}

#[tokio::test]
async fn sound_becomes_one_rendition_without_a_size() {
    let (_data, _vod, result) = transcoded("audio/mpeg", "audio").await;
    assert!(result.get("width").is_none() && result.get("height").is_none());
    let renditions = result["renditions"].as_array().unwrap();
    assert_eq!((renditions.len(), &renditions[0]["name"]), (1, &json!("audio")));
    assert_eq!(renditions[0]["codecs"], "mp4a.40.2");
}

#[tokio::test]
async fn a_segment_is_fetched_by_its_range() {
    let (_data, _vod, result) = transcoded("video/webm", "video").await;
    let rendition = &result["renditions"][0];
    let whole = fetched(&rendition["url"]).await;
    let segment = &rendition["segments"][1];
    let from = usize::try_from(segment["offset"].as_u64().unwrap()).unwrap();
    let to = from + usize::try_from(segment["length"].as_u64().unwrap()).unwrap();
    let answer = http()
        .get(rendition["url"].as_str().unwrap())
        .header(RANGE, format!("bytes={from}-{}", to - 1))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(answer.bytes().await.unwrap(), whole[from..to]);
}

#[tokio::test]
async fn a_link_that_was_changed_opens_nothing() {
    let (_data, _vod, result) = transcoded("audio/flac", "audio").await;
    let url = result["renditions"][0]["url"].as_str().unwrap();
    for changed in [
        url.replace("audio.mp4", "thumbnail.jpg"),
        url.replace("signature=", "signature=0"),
        url.replace("expires=1", "expires=9"),
    ] {
        let answer = http().get(&changed).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{changed}");
    }
    let bare = url.split('?').next().unwrap();
    assert!(http().get(bare).send().await.unwrap().status().is_client_error());
}
