//! Two processes of the API behind a proxy and two workers, restarted in turn: nobody notices.

use tests::{
    Harness,
    gate::{Gate, authority},
};
use url::Url;

#[tokio::test(flavor = "multi_thread")]
async fn sign_in_refresh_live_updates_and_uploads_survive_a_rolling_restart() {
    let (harness, _vod) = Harness::start_with_vod().await;
    let (first, at_first) = harness.api_process().await;
    let (second, at_second) = harness.api_process().await;
    let proxy = Gate::before([&at_first, &at_second].map(|url| authority(url.as_str()))).await;
    let base: Url = format!("http://{}", proxy.address).parse().unwrap();
    let workers = [harness.worker_process(&["all"]), harness.worker_process(&["all"])];

    let (creator, email) = harness.person("creator", &[studio::accounts::Role::Creator]).await;
    let mut creator = creator.at(base.clone());
    creator.sign_in(&email, tests::harness::PASSWORD).await;
    let clip = tests::clips::short_video().await;
    let mut live = creator.listen("/v1/events").await;
    let upload = tests::upload::create(&creator, "clip.mp4", "video/mp4", &clip).await;

    // The first process of each kind goes; the others carry on with the same session and upload.
    first.kill().await;
    let [one_worker, other_worker] = workers;
    one_worker.kill().await;
    creator.refresh().await;
    let (_first, at_first) = harness.api_process().await;
    let _one_worker = harness.worker_process(&["all"]);
    proxy.lead_to([&at_first, &at_second].map(|url| authority(url.as_str())));
    tests::upload::send(&creator, &upload, &clip).await;

    // Then the second.
    second.kill().await;
    other_worker.kill().await;
    creator.refresh().await;
    tests::upload::complete(&creator, &upload).await;

    let content = upload["content_id"].as_str().unwrap();
    live.resume_until(&creator, |event| {
        event.kind == "content" && event.data["id"] == content && event.data["state"] == "private"
    })
    .await;
    let shown = creator.get(&format!("/v1/contents/{content}")).await.expect(200);
    assert_eq!(shown["state"], "private", "{shown}");
    harness.wait_until_nothing_is_due().await;
}
