//! Playing: short-lived addresses, and nothing beyond them.

use reqwest::Method;
use serde_json::Value;
use tests::{Client, Harness, Vod, clips, upload};

async fn ready() -> (Harness, Vod, Client, Value) {
    let (harness, vod) =
        Harness::start_with_vod_and(&[("CREATOR_STUDIO_SIGNED_URL_SECONDS", "2")]).await;
    let creator = harness.creator().await;
    let clip = clips::short_video().await;
    let uploaded = upload::whole(&creator, "clip.mp4", "video/mp4", &clip).await;
    harness.run_until_settled(&vod).await;
    let path = format!("/v1/contents/{}/playback", uploaded["content_id"].as_str().unwrap());
    let playback = creator.get(&path).await.expect(200);
    (harness, vod, creator, playback)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_plays_without_signing_in_and_only_until_it_expires() {
    let (harness, _vod, _creator, playback) = ready().await;
    let player = harness.anonymous();
    let main = playback["hls_url"].as_str().unwrap();
    let answer = player.get(main).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "application/vnd.apple.mpegurl");
    let names: Vec<&str> = answer.text.lines().filter(|l| l.ends_with(".m3u8")).collect();
    let rendition = player.url(main).join(names.first().unwrap()).unwrap();

    let list = player.get(rendition.as_str()).await;
    let range = list.text.lines().find_map(|line| line.strip_prefix("#EXT-X-BYTERANGE:")).unwrap();
    let bytes = list.text.lines().find(|line| line.starts_with("http")).unwrap();
    let (length, offset) = range.split_once('@').unwrap();
    let (length, offset): (u64, u64) = (length.parse().unwrap(), offset.parse().unwrap());
    let request = reqwest::Client::new().get(bytes);
    let part = request
        .header("range", format!("bytes={offset}-{}", offset + length - 1))
        .send()
        .await
        .unwrap();
    assert_eq!(part.status(), 206, "the store serves the range itself");
    assert_eq!(part.bytes().await.unwrap().len() as u64, length);

    let missing = player.url(main).join("4711p.m3u8").unwrap();
    player.get(missing.as_str()).await.expect_problem(404, "playback.no_rendition");
    let expires: chrono::DateTime<chrono::Utc> =
        playback["expires_at"].as_str().unwrap().parse().unwrap();
    while chrono::Utc::now() <= expires {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    player.get(main).await.expect_problem(410, "playback.expired");
    player.get(rendition.as_str()).await.expect_problem(410, "playback.expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_address_plays_nothing() {
    let (harness, _vod, creator, playback) = ready().await;
    let main = playback["hls_url"].as_str().unwrap();
    let grant = main.rsplit('/').nth(1).unwrap();
    let mut letters: Vec<char> = grant.chars().collect();
    letters[3] = if letters[3] == 'A' { 'B' } else { 'A' };
    let forged: String = letters.into_iter().collect();
    let path = format!("/v1/playback/{forged}/master.m3u8");
    harness.anonymous().get(&path).await.expect_problem(410, "playback.expired");
    let nothing = "/v1/playback/x/master.m3u8";
    creator.get(nothing).await.expect_problem(410, "playback.expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creator_who_proves_who_they_are_is_told_that_it_is_not_ready() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let upload = upload::create(&creator, "clip.mp4", "video/mp4", b"a film").await;
    let path = format!("/v1/contents/{}/playback", upload["content_id"].as_str().unwrap());
    creator.get(&path).await.expect_problem(409, "content.not_ready");
    // The name of the scheme may be written in either case (RFC 9110, section 11.1).
    let lower = format!("bearer {}", creator.token().unwrap());
    let stranger = harness.anonymous();
    let asked = stranger.request(Method::GET, &path).header("authorization", lower);
    stranger.send(asked).await.expect_problem(409, "content.not_ready");
    stranger.get(&path).await.expect_problem(404, "content.not_found");
    harness.run_until_idle().await;
}
