//! The service dies and comes back.

use serde_json::json;

use crate::{client::order, process::Vod, receiver::Receiver, sources::Sources};

#[tokio::test]
async fn what_ran_and_what_waited_is_done_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let (receiver, sources) = (Receiver::listen().await, Sources::serve().await);
    let (_, url) = sources.clip("audio/flac").await;
    let vod = Vod::start(data.path());
    vod.misbehave(json!({"fault": "slow", "next": 1, "delay_seconds": 3})).await;
    let running = vod.accepted(&order("running", &url, "audio", &receiver)).await;
    let waiting = vod.accepted(&order("waiting", &url, "audio", &receiver)).await;
    vod.until(&running, |one| one["state"] == "running").await;
    vod.kill();

    let vod = Vod::start(data.path());
    for id in [&running, &waiting] {
        let heard = receiver.next_final().await;
        assert_eq!(
            (heard.kind.as_str(), &heard.body["transcode"]["id"]),
            ("transcode.completed", &json!(id))
        );
    }
    let (status, again) = vod.hand_over(&order("running", &url, "audio", &receiver)).await;
    assert_eq!((status.as_u16(), &again["id"]), (200, &json!(running)));
}

#[tokio::test]
async fn no_ffmpeg_outlives_the_service() {
    let data = tempfile::tempdir().unwrap();
    let (receiver, sources) = (Receiver::listen().await, Sources::serve().await);
    let (_, url) = sources.clip("video/mp4").await;
    let vod = Vod::start(data.path());
    let id = vod.accepted(&order("upload-1", &url, "video", &receiver)).await;
    vod.until(&id, |one| one["progress_percent"].as_u64() > Some(10)).await;
    assert_eq!(processes_on(data.path()), ["ffmpeg"]);
    vod.kill();
    let gone = async {
        while !processes_on(data.path()).is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(1), gone).await.expect("it dies at once");
}

/// The names of the processes, other than the service, that were started with a path in `folder`.
fn processes_on(folder: &std::path::Path) -> Vec<String> {
    let mentions = format!("file:{}", folder.display());
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| {
            // A process may end while it is looked at.
            let process = entry.ok()?.path();
            let line = std::fs::read(process.join("cmdline")).ok()?;
            let name = std::fs::read_to_string(process.join("comm")).ok()?;
            String::from_utf8_lossy(&line).contains(&mentions).then(|| name.trim().to_owned())
        })
        .collect()
}

#[tokio::test]
async fn an_end_that_was_not_heard_is_told_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let (receiver, sources) = (Receiver::listen().await, Sources::serve().await);
    let (_, url) = sources.clip("audio/flac").await;
    receiver.refuse(1);
    let vod = Vod::start(data.path());
    vod.accepted(&order("upload-1", &url, "audio", &receiver)).await;
    let refused = receiver.next_final().await;
    vod.kill();
    let _vod = Vod::start(data.path());
    assert_eq!(receiver.next_final().await.event_id, refused.event_id);
}

#[test]
fn two_services_do_not_share_a_folder() {
    let data = tempfile::tempdir().unwrap();
    let _vod = Vod::start(data.path());
    let second = Vod::command(data.path()).output().unwrap();
    assert!(!second.status.success());
    assert!(String::from_utf8_lossy(&second.stderr).contains("in use by another process"));
}

#[tokio::test]
async fn old_results_are_forgotten() {
    let data = tempfile::tempdir().unwrap();
    let (receiver, sources) = (Receiver::listen().await, Sources::serve().await);
    let (_, url) = sources.clip("audio/flac").await;
    let vod = Vod::start_with(data.path(), &["--keep-hours", "0"]);
    let id = vod.accepted(&order("upload-1", &url, "audio", &receiver)).await;
    receiver.next_final().await;
    let path = format!("/v1/transcodes/{id}");
    let gone = async {
        while vod.signed(reqwest::Method::GET, &path).await.0 != reqwest::StatusCode::NOT_FOUND {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), gone).await.unwrap();
    assert!(!data.path().join("results").join(&id).exists());
}
