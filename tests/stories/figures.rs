//! What creators see of their figures: right, fresh in words, compared, and never about one viewer.

use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};
use tests::{
    Harness,
    channel::{Channel, progress, view},
};

fn day_name(day: NaiveDate) -> String {
    day.format("%-d %b").to_string()
}

/// Views of different viewers of one work, so many days ago.
async fn views(
    harness: &Harness,
    channel: &Channel,
    work: usize,
    days_ago: i64,
    count: u32,
) -> Vec<Value> {
    let noon = harness.noon(days_ago).await;
    let event = |n: u32| {
        let salt =
            u128::from(n) + 10_000 * u128::try_from(days_ago).unwrap() + 1_000_000 * work as u128;
        view(
            channel.works[work],
            &format!("viewer {n}"),
            noon + TimeDelta::seconds(i64::from(n)),
            salt,
        )
    };
    (0..count).map(event).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_tells_how_the_last_weeks_went() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 2).await;
    for (work, days_ago, count) in [(0, 1, 12), (0, 2, 3), (1, 1, 20), (0, 29, 5)] {
        harness.take_in(&views(&harness, &channel, work, days_ago, count).await).await;
    }
    let at = harness.noon(1).await;
    harness
        .take_in(&[progress(channel.works[0], "viewer 1", at + TimeDelta::minutes(1), 7, (60, 60))])
        .await;
    harness.count().await;
    let creator = channel.sign_in(&harness).await;
    let board = creator.get("/v1/analytics/dashboard").await.expect(200);
    assert_eq!(board["state"], "counted");
    assert_eq!(board["overview"]["totals"]["views"], 35);
    assert_eq!(board["overview"]["totals"]["watch_minutes"], json!(1.0));
    assert_eq!(board["overview"].get("previous"), None, "days that nobody counted are no zeros");
    let day = at.date_naive();
    let compared = format!("/v1/analytics/overview?from={day}&to={day}");
    let compared = creator.get(&compared).await.expect(200);
    assert_eq!(compared["previous"]["totals"]["views"], 3);
    let days = board["overview"]["daily_stats"].as_array().unwrap();
    assert_eq!(days.len(), 28);
    assert_eq!(
        days[27],
        json!({"date": at.date_naive(), "views": 32, "watch_time": 1.0, "likes": 0})
    );
    assert_eq!(board["top"][0]["content"], json!(channel.works[1]));
    assert_eq!(board["top"][0]["title"], "Work 1");
    assert_eq!(board["top"][1].get("previous_views"), None);
    assert_eq!(board["newest"]["content"], json!(channel.works[1]));
    let today = harness.now().await.date_naive();
    let sentence = format!(
        "Complete to {}. {} is still being counted.",
        day_name(at.date_naive()),
        day_name(today)
    );
    assert_eq!(board["freshness"]["sentence"], sentence);
    assert_eq!(board["freshness"]["stale"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_pipeline_is_said_in_words_and_an_event_that_came_late_corrects_its_day_alone() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let creator = channel.sign_in(&harness).await;
    let fresh =
        async || creator.get("/v1/analytics/overview").await.expect(200)["freshness"].clone();
    assert_eq!(fresh().await["sentence"], "First figures tomorrow.");
    harness.take_in(&views(&harness, &channel, 0, 1, 3).await).await;
    harness.count().await;
    assert_eq!(fresh().await["stale"], false);
    let until_late = {
        let now = harness.now().await;
        let tomorrow =
            (now.date_naive() + TimeDelta::days(1)).and_hms_opt(3, 0, 0).unwrap().and_utc();
        (tomorrow - now).to_std().unwrap()
    };
    harness.advance(until_late.saturating_sub(Duration::from_secs(30))).await;
    assert_eq!(fresh().await["stale"], false);
    harness.advance(Duration::from_mins(1)).await;
    let late = fresh().await;
    assert_eq!(late["stale"], true, "{late}");
    assert!(late["sentence"].as_str().unwrap().contains("is late; nothing is lost"), "{late}");
    harness.count().await;
    assert_eq!(fresh().await["stale"], false);

    let yesterday = views(&harness, &channel, 0, 2, 4).await;
    harness.take_in(&yesterday).await;
    let day = (harness.now().await - TimeDelta::days(2)).date_naive();
    assert_eq!(fresh().await["correcting"], json!([day]));
    let others = "select coalesce(max(xmin::text::int8), 0) from analytics_shards where day <> $1";
    let untouched = async || -> i64 {
        sqlx::query_scalar(others).bind(day).fetch_one(&harness.studio.db).await.unwrap()
    };
    let before = untouched().await;
    harness.count().await;
    assert_eq!(untouched().await, before, "only the marked day was counted again");
    assert_eq!(fresh().await["correcting"], json!([]));
    let range = format!("/v1/analytics/overview?from={day}&to={day}");
    let totals = creator.get(&range).await.expect(200)["totals"].clone();
    assert_eq!(totals["views"], 7, "three that were counted, four that came late");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_viewer_can_be_told_apart() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 2).await;
    let mut events = views(&harness, &channel, 0, 1, 30).await;
    for event in events.iter_mut().take(2) {
        event["country"] = json!("FR");
    }
    events.extend(views(&harness, &channel, 1, 1, 3).await);
    harness.take_in(&events).await;
    harness.count().await;
    let creator = channel.sign_in(&harness).await;
    let audience = creator.get("/v1/analytics/audience").await.expect(200);
    assert_eq!(audience["demographics"]["age"], json!({"25-34": 33}));
    assert_eq!(
        audience["countries"],
        json!([]),
        "Germany less everything would tell the two in France"
    );
    assert_eq!(audience["hidden"]["country"], 33);
    let small = format!("/v1/analytics/audience?content={}", channel.works[1]);
    let small = creator.get(&small).await.expect(200);
    assert_eq!(small["demographics"]["age"], json!({}));
    let large = format!("/v1/analytics/audience?content={}", channel.works[0]);
    let large = creator.get(&large).await.expect(200);
    assert_eq!(
        large["demographics"]["age"],
        json!({}),
        "all less this one would tell the other's three"
    );
    assert!(tests::recount::too_few_behind(&harness.studio.db).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn retention_shows_where_viewers_leave() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let work = channel.works[0];
    let noon = harness.noon(1).await;
    let mut events = views(&harness, &channel, 0, 1, 10).await;
    for n in 0..10u32 {
        let at = noon + TimeDelta::minutes(i64::from(n) + 5);
        let to = if n < 5 { 50 } else { 100 };
        events.push(progress(work, &format!("viewer {n}"), at, 500 + u128::from(n), (to, to)));
    }
    harness.take_in(&events).await;
    harness.count().await;
    let creator = channel.sign_in(&harness).await;
    let path = format!("/v1/analytics/contents/{work}/retention");
    let retention = creator.get(&path).await.expect(200);
    assert_eq!(retention["points"][0], json!({"percent": 0, "ratio": 1.0}));
    assert_eq!(retention["points"][75]["ratio"], json!(0.5), "{retention}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_rules_set_aside_is_shown_with_the_rule() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let noon = harness.noon(1).await;
    let storm: Vec<Value> = (0..51)
        .map(|n| {
            view(channel.works[0], "one", noon + TimeDelta::seconds(n), u128::try_from(n).unwrap())
        })
        .collect();
    harness.take_in(&storm).await;
    harness.take_in(&views(&harness, &channel, 0, 1, 2).await).await;
    harness.count().await;
    let overview = channel.sign_in(&harness).await.get("/v1/analytics/overview").await.expect(200);
    assert_eq!(overview["totals"]["views"], 2);
    assert_eq!(overview["set_aside"][0]["rule"], "repeated_views");
    assert_eq!(overview["set_aside"][0]["views"], 51);
    let ops = harness.ops().await.get("/v1/ops/analytics").await.expect(200);
    let rule = ops["rules"].as_array().unwrap().iter().find(|r| r["rule"] == "repeated_views");
    assert_eq!(rule.unwrap()["events"], 51);
    let day = ops["days"].as_array().unwrap().iter().find(|d| d["state"] == "counted").unwrap();
    assert_eq!((&day["events"], &day["set_aside_events"]), (&json!(53), &json!(51)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_now_is_an_estimate_and_another_creators_figures_are_nobodys_business() {
    let harness = Harness::start().await;
    let channel = Channel::open(&harness, 1).await;
    let other = Channel::open(&harness, 1).await;
    let now = harness.now().await;
    let events: Vec<Value> = (0..7)
        .map(|n| {
            view(channel.works[0], "v", now - TimeDelta::seconds(n), u128::try_from(n).unwrap())
        })
        .collect();
    harness.take_in(&events).await;
    harness.take_in(&events).await;
    let creator = channel.sign_in(&harness).await;
    let realtime = creator.get("/v1/analytics/realtime").await.expect(200);
    assert_eq!((&realtime["available"], &realtime["views_48_hours"]), (&json!(true), &json!(7)));
    assert!(realtime["sentence"].as_str().unwrap().starts_with("Estimate."));
    assert_eq!(
        (
            realtime["minutes"].as_array().unwrap().len(),
            realtime["hours"].as_array().unwrap().len()
        ),
        (60, 48)
    );
    let stranger = other.sign_in(&harness).await;
    assert_eq!(stranger.get("/v1/analytics/realtime").await.expect(200)["views_48_hours"], 0);
    for path in ["overview?content=", "audience?content=", "realtime?content="] {
        let path = format!("/v1/analytics/{path}{}", channel.works[0]);
        stranger.get(&path).await.expect_problem(404, "analytics.no_such_content");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn creators_who_publish_again_are_retained() {
    let harness = Harness::start().await;
    let mut stays = Channel::empty(&harness).await;
    let mut leaves = Channel::empty(&harness).await;
    let now = harness.now().await;
    let this_month = now.date_naive().format("%Y-%m").to_string();
    let first: NaiveDate = format!("{this_month}-01").parse().unwrap();
    let before = (first - TimeDelta::days(3)).and_hms_opt(12, 0, 0).unwrap().and_utc();
    stays.publish(&harness, "Then", before).await;
    stays.publish(&harness, "Now", first.and_hms_opt(0, 0, 0).unwrap().and_utc()).await;
    leaves.publish(&harness, "Then", before).await;
    harness.advance(Duration::from_hours(24)).await;
    harness.count().await;
    let ops = harness.ops().await;
    let figures = ops.get("/v1/ops/business").await.expect(200);
    let month =
        figures["months"].as_array().unwrap().iter().find(|m| m["month"] == this_month.as_str());
    let month = month.expect("this month");
    assert_eq!(
        (&month["creators_retained"], &month["retention_percent"]),
        (&json!(1), &json!(50.0))
    );
}
