//! From click to published: eight real clips through the whole pipeline, and what is there afterwards.

use serde_json::Value;
use studio::accounts::Role;
use tests::{Client, Harness, clips, mailbox, upload};

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_clip_is_published_with_its_right_length_and_plays() {
    let (harness, vod) = Harness::start_with_vod().await;
    let creator = harness.creator().await;
    let mut handed_in = Vec::new();
    for clip in clips::all().await {
        let bytes = tokio::fs::read(&clip.path).await.unwrap();
        let name = clip.path.file_name().unwrap().to_str().unwrap();
        let uploaded = upload::whole(&creator, name, clip.media_type, &bytes).await;
        handed_in.push((clip, uploaded));
    }
    harness.run_until_settled(&vod).await;
    for (clip, uploaded) in handed_in {
        let content = upload::content(&creator, &uploaded).await;
        assert_eq!(content["state"], "private", "{}: {content}", clip.title);
        let seconds = content["duration_seconds"].as_f64().unwrap();
        assert!((seconds - clip.duration_seconds).abs() <= 0.1, "{}: {seconds}", clip.title);
        if let Some((width, height)) = clip.size {
            assert_eq!((&content["width"], &content["height"]), (&width.into(), &height.into()));
        }
        every_rendition_plays(&creator, &content, clip.duration_seconds).await;
    }
    harness.run_until_idle().await; // playing all of it takes as long as it takes a poll to come due
}

#[tokio::test(flavor = "multi_thread")]
async fn its_creator_is_told_once_by_mail_and_in_the_portal() {
    let (harness, vod) = Harness::start_with_vod().await;
    let (creator, email) = harness.person("creator", &[Role::Creator]).await;
    let clip = clips::short_video().await;
    upload::whole(&creator, "clip.mp4", "video/mp4", &clip).await;
    harness.run_until_settled(&vod).await;
    let mails = mailbox::of(&email).await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    let notifications = creator.get("/v1/me/notifications").await.expect(200);
    assert_eq!(notifications["items"].as_array().unwrap().len(), 1, "{notifications}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_content_that_was_to_be_public_is_public_for_everyone() {
    let (harness, vod) = Harness::start_with_vod().await;
    let creator = harness.creator().await;
    let clip = clips::short_video().await;
    let file = serde_json::json!({
        "file_name": "clip.mp4", "size_bytes": clip.len(), "media_type": "video/mp4", "when_ready": "public",
    });
    let uploaded = creator.post("/v1/uploads", &file).await.expect(201);
    upload::send(&creator, &uploaded, &clip).await;
    upload::complete(&creator, &uploaded).await;
    let path = format!("/v1/contents/{}/playback", uploaded["content_id"].as_str().unwrap());
    harness.anonymous().get(&path).await.expect_problem(404, "content.not_found");
    harness.run_until_settled(&vod).await;
    harness.anonymous().get(&path).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_tells_the_steps_in_the_creators_words() {
    let (harness, vod) = Harness::start_with_vod().await;
    let creator = harness.creator().await;
    let clip = clips::short_video().await;
    let uploaded = upload::whole(&creator, "clip.mp4", "video/mp4", &clip).await;
    harness.run_until_settled(&vod).await;
    let id = uploaded["content_id"].as_str().unwrap();
    let timeline =
        creator.get(&format!("/v1/contents/{id}/timeline")).await.expect(200).to_string();
    for word in ["job", "queue", "worker", "transcod"] {
        assert!(
            !timeline.to_lowercase().contains(word),
            "creators never read {word:?}: {timeline}"
        );
    }
}

/// Fetches the playlists and lets ffmpeg decode each rendition to its end.
async fn every_rendition_plays(creator: &Client, content: &Value, seconds: f64) {
    let path = format!("/v1/contents/{}/playback", content["id"].as_str().unwrap());
    let playback = creator.get(&path).await.expect(200);
    let main = playback["hls_url"].as_str().unwrap();
    let text = creator.get(main).await.text;
    let playlists: Vec<_> = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    assert!(!playlists.is_empty(), "{text}");
    for playlist in playlists {
        let url = creator.url(main).join(playlist).unwrap();
        let played = decoded_seconds(url.as_str()).await;
        assert!((played - seconds).abs() < 0.5, "{url} plays {played} s of {seconds} s");
    }
}

/// How many seconds ffmpeg decodes from an HLS playlist, without an error.
async fn decoded_seconds(playlist: &str) -> f64 {
    let output = tokio::process::Command::new("ffmpeg")
        .args([
            "-hide_banner",
            "-nostdin",
            "-v",
            "error",
            "-xerror",
            "-progress",
            "-",
            "-i",
            playlist,
        ])
        .args(["-f", "null", "/dev/null"])
        .output()
        .await
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let last = text.lines().rev().find_map(|line| line.strip_prefix("out_time_us=")).unwrap();
    last.trim().parse::<f64>().unwrap() / 1e6
}
