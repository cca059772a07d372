//! `kill -9` of the worker before and inside each step of a count: another goes on, and figures are exact.

use serde_json::json;
use studio::analytics::rollup;
use tests::{
    Harness,
    channel::{Channel, view},
    halts::Halt,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_at_every_step_of_a_count_changes_no_figure() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 2).await;
    let at = harness.noon(1).await;
    let events: Vec<_> = (0..20u32)
        .map(|n| view(channel.works[n as usize % 2], &format!("viewer {n}"), at, u128::from(n)))
        .collect();
    harness.take_in(&events).await;
    rollup::close_days(&harness.studio).await.expect("the day is closed");
    for step in ["prepare", "count", "summarize"] {
        kill_at(&harness, Halt::before_step(harness.database(), step).await).await;
        kill_at(&harness, Halt::inside_step(harness.database(), step).await).await;
    }
    let worker = harness.worker_process(&["analytics"]);
    harness.wait_until_nothing_is_due().await;
    assert!(worker.stop().await.success());
    let creator = channel.sign_in(&harness).await;
    let overview = creator.get("/v1/analytics/overview").await.expect(200);
    assert_eq!(overview["totals"]["views"], 20);
    assert_eq!(overview["freshness"]["complete_through"], json!(at.date_naive()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_while_it_writes_figures_writes_them_once() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let at = harness.noon(1).await;
    harness.take_in(&[view(channel.works[0], "v", at, 1)]).await;
    rollup::close_days(&harness.studio).await.expect("the day is closed");
    for table in ["content_totals", "content_daily", "analytics_shards"] {
        kill_at(&harness, Halt::before_insert(harness.database(), table, "true").await).await;
    }
    let worker = harness.worker_process(&["analytics"]);
    harness.wait_until_nothing_is_due().await;
    assert!(worker.stop().await.success());
    let views: Vec<i64> = sqlx::query_scalar("select views from content_totals")
        .fetch_all(&harness.studio.db)
        .await
        .unwrap();
    assert_eq!(views, [1]);
}

async fn kill_at(harness: &Harness, mut place: Halt) {
    let worker = harness.worker_process(&["analytics"]);
    place.reached().await;
    worker.kill().await;
    place.let_go_after_kill().await;
}
