//! Files that are not what they say: refused with a code that the creator understands, and their bytes
//! are gone.

use serde_json::Value;
use tests::{Harness, clips, upload};

macro_rules! refused {
    ($($name:ident: $bytes:expr, $code:literal;)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            let bytes: Vec<u8> = $bytes;
            refuses(&bytes, $code).await;
        }
    )*};
}

refused! {
    a_text_file_that_was_renamed: b"Once upon a time there was a file.\n".repeat(400), "media.text";
    a_program: [b"\x7fELF\x02\x01\x01\x00".as_slice(), &[0; 4096]].concat(), "media.executable";
    a_playlist_that_points_elsewhere:
        b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n".to_vec(), "media.playlist";
    a_list_for_concatenation: b"ffconcat version 1.0\nfile '/etc/passwd'\n".to_vec(), "media.playlist";
    noise: (0..25_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect(), "media.not_media";
    a_picture: [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 4096]].concat(), "media.not_media";
}

#[tokio::test(flavor = "multi_thread")]
async fn a_video_that_is_cut_off() {
    let clip = clips::short_video().await;
    refuses(&clip[..clip.len() / 3], "media.damaged").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_the_one_that_was_announced() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let clip = clips::short_video().await;
    let file = serde_json::json!({
        "file_name": "clip.mp4", "size_bytes": clip.len(), "media_type": "video/mp4",
        "when_ready": "private", "sha256": "00".repeat(32),
    });
    let uploaded = creator.post("/v1/uploads", &file).await.expect(201);
    upload::send(&creator, &uploaded, &clip).await;
    upload::complete(&creator, &uploaded).await;
    is_refused(harness, &creator, &uploaded, "upload.checksum_mismatch").await;
}

async fn refuses(bytes: &[u8], code: &str) {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let uploaded = upload::whole(&creator, "holiday.mp4", "video/mp4", bytes).await;
    is_refused(harness, &creator, &uploaded, code).await;
}

async fn is_refused(mut harness: Harness, creator: &tests::Client, uploaded: &Value, code: &str) {
    harness.run_until_idle().await;
    let content = upload::content(creator, uploaded).await;
    assert_eq!(content["state"], "refused", "{content}");
    assert_eq!(content["failure"]["code"], code, "{content}");
    assert!(!content["failure"]["what_to_do"].as_str().unwrap().is_empty());
    let me = creator.get("/v1/me").await.expect(200);
    assert_eq!(me["storage"]["used_bytes"], 0, "its room is free again");
    assert_eq!(harness.objects_below("").await.len(), 0, "its bytes are gone");
    harness.allow_leftovers();
}
