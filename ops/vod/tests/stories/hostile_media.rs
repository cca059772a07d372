//! Sources that are not what they say.

use serde_json::{Value, json};

use crate::{
    client::order,
    process::Vod,
    receiver::Receiver,
    sources::{Sources, clip_folder},
};

async fn failure_of(name: &str, bytes: &[u8], kind: &str) -> Value {
    let data = tempfile::tempdir().unwrap();
    let (vod, receiver, sources) =
        (Vod::start(data.path()), Receiver::listen().await, Sources::serve().await);
    let url = sources.bytes(name, bytes);
    vod.accepted(&order("hostile", &url, kind, &receiver)).await;
    let mut heard = receiver.next_final().await;
    assert_eq!(heard.kind, "transcode.failed");
    let works = std::fs::read_dir(data.path().join("results")).unwrap().count();
    assert_eq!(works, 0, "nothing is left behind");
    heard.body["transcode"]["failure"].take()
}

#[tokio::test]
async fn what_is_not_media_fails_for_good() {
    let failure =
        failure_of("letter.mp4", b"Dear service, please transcode this letter.", "video").await;
    assert_eq!((&failure["code"], &failure["retryable"]), (&json!("not_media"), &json!(false)));
}

#[tokio::test]
async fn a_playlist_that_points_elsewhere_fails_for_good() {
    let playlist =
        b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n";
    let failure = failure_of("list.mp4", playlist, "video").await;
    assert_eq!(failure["code"], "container_not_allowed");
}

#[tokio::test]
async fn sound_that_was_declared_a_video_fails_for_good() {
    let clips = media::clips::make(&clip_folder()).await.unwrap();
    let clip = clips.into_iter().find(|clip| clip.media_type == "audio/flac").unwrap();
    let failure = failure_of("sound.mp4", &std::fs::read(clip.path).unwrap(), "video").await;
    assert_eq!((&failure["code"], &failure["retryable"]), (&json!("kind_mismatch"), &json!(false)));
}

#[tokio::test]
async fn a_source_larger_than_allowed_fails_for_good() {
    let data = tempfile::tempdir().unwrap();
    let (receiver, sources) = (Receiver::listen().await, Sources::serve().await);
    let vod = Vod::start_with(data.path(), &["--max-source-bytes", "1000"]);
    let url = sources.bytes("large.mp4", &[0; 2000]);
    vod.accepted(&order("large", &url, "video", &receiver)).await;
    assert_eq!(
        receiver.next_final().await.body["transcode"]["failure"]["code"],
        "source_too_large"
    );
}
