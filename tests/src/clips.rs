//! Real clips, made once for all tests of a checkout.

use std::path::{Path, PathBuf};

use media::clips::Clip;

/// All of them.
pub async fn all() -> Vec<Clip> {
    media::clips::make(&folder()).await.expect("ffmpeg makes clips")
}

/// The bytes of a short video with sound (MP4).
pub async fn short_video() -> Vec<u8> {
    let clips = all().await;
    let clip = clips.iter().find(|clip| clip.media_type == "video/mp4").expect("an MP4");
    tokio::fs::read(&clip.path).await.expect("a clip can be read")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/clips")
}
