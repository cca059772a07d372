//! Makes the clips that the Rust tests use for the browser tests as well, and says in JSON what each is.

#![allow(clippy::print_stdout, reason = "the browser tests read it")]

use serde_json::json;

#[tokio::main]
async fn main() {
    let clips = tests::clips::all().await;
    let clips = clips.iter().map(|clip| {
        json!({
            "path": clip.path,
            "kind": clip.kind,
            "seconds": clip.duration_seconds,
            "size": clip.size,
            "has_audio": clip.has_audio,
        })
    });
    println!("{}", clips.collect::<serde_json::Value>());
}
