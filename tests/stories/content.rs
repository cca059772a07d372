//! What a creator does with contents: find, edit, publish, delete, restore; and what others see of it.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Client, Harness, Vod, clips, upload};

/// A creator with one content that is ready.
async fn with_ready_content() -> (Harness, Vod, Client, Value) {
    let (harness, vod) = Harness::start_with_vod().await;
    let creator = harness.creator().await;
    let clip = clips::short_video().await;
    let uploaded = upload::whole(&creator, "beach.mp4", "video/mp4", &clip).await;
    harness.run_until_settled(&vod).await;
    let content = upload::content(&creator, &uploaded).await;
    assert_eq!(content["state"], "private", "{content}");
    (harness, vod, creator, content)
}

fn path(content: &Value) -> String {
    format!("/v1/contents/{}", content["id"].as_str().unwrap())
}

async fn edit(
    creator: &Client,
    content: &Value,
    version: &str,
    change: &Value,
) -> tests::client::Answer {
    let request = creator.request(Method::PATCH, &path(content));
    creator.send(request.header("if-match", version).json(change)).await
}

/// Begins an upload of this title, so that a content of this title is there.
async fn begun(creator: &Client, title: &str, media_type: &str) -> Value {
    let file = json!({
        "file_name": "a.bin", "size_bytes": 10, "media_type": media_type, "when_ready": "private", "title": title,
    });
    let upload = creator.post("/v1/uploads", &file).await.expect(201);
    upload::content(creator, &upload).await
}

async fn titles(creator: &Client, query: &str) -> Vec<String> {
    let page = creator.get(&format!("/v1/contents{query}")).await.expect(200);
    let items = page["items"].as_array().unwrap().iter();
    items.map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_content_is_found_by_word_tag_and_kind_and_in_every_order() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    for (title, kind) in
        [("Über den Dächern", "video/mp4"), ("beach day", "video/mp4"), ("Bells", "audio/mpeg")]
    {
        begun(&creator, title, kind).await;
    }
    assert_eq!(titles(&creator, "").await, ["Bells", "beach day", "Über den Dächern"]);
    assert_eq!(titles(&creator, "?sort=oldest").await, ["Über den Dächern", "beach day", "Bells"]);
    assert_eq!(titles(&creator, "?sort=title").await, ["beach day", "Bells", "Über den Dächern"]);
    assert_eq!(titles(&creator, "?q=D%C3%84CHERN").await, ["Über den Dächern"]);
    assert_eq!(titles(&creator, "?q=day+beach").await, ["beach day"], "all words, in any order");
    assert_eq!(titles(&creator, "?q=100%25").await, Vec::<String>::new(), "% is no wildcard");
    assert_eq!(titles(&creator, "?kind=audio").await, ["Bells"]);
    assert_eq!(titles(&creator, "?status=public").await, Vec::<String>::new());

    let bells = creator.get("/v1/contents?kind=audio").await.expect(200)["items"][0].clone();
    let tagged =
        edit(&creator, &bells, "\"1\"", &json!({ "tags": ["Church", "church", "Sunday"] })).await;
    assert_eq!(tagged.expect(200)["tags"], json!(["Church", "Sunday"]));
    assert_eq!(titles(&creator, "?tag=CHURCH").await, ["Bells"]);
    assert_eq!(titles(&creator, "?q=sunday").await, ["Bells"], "tags are searched, too");

    let stranger = harness.creator().await;
    assert_eq!(titles(&stranger, "").await, Vec::<String>::new(), "only one's own");
    harness.run_until_idle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    for n in 0..7 {
        begun(&creator, &format!("clip {}", n % 3), "video/mp4").await;
    }
    for sort in ["newest", "oldest", "title", "longest"] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page =
                creator.get(&format!("/v1/contents?sort={sort}&limit=3{cursor}")).await.expect(200);
            let ids = page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned());
            seen.extend(ids);
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 7, "{sort}");
    }
    let page = creator.get("/v1/contents?sort=title&limit=3").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    let other_order = creator.get(&format!("/v1/contents?sort=newest&cursor={cursor}")).await;
    other_order.expect_problem(400, "page.bad_cursor");
    harness.run_until_idle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_people_who_edit_at_once_the_second_is_told() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let content = begun(&creator, "First", "video/mp4").await;
    let shown = creator.get(&path(&content)).await;
    let etag = shown.headers["etag"].to_str().unwrap().to_owned();

    let saved =
        edit(&creator, &content, &etag, &json!({ "title": "Second", "description": "Words" }))
            .await;
    assert_ne!(saved.headers["etag"], etag.as_str(), "an edit makes a new version");
    let saved = saved.expect(200);
    assert_eq!((&saved["title"], &saved["description"]), (&json!("Second"), &json!("Words")));

    edit(&creator, &content, &etag, &json!({ "title": "Third" }))
        .await
        .expect_problem(412, "content.stale");
    creator
        .patch(&path(&content), &json!({ "title": "Third" }))
        .await
        .expect_problem(428, "content.version_required");
    assert_eq!(
        creator.get(&path(&content)).await.expect(200)["title"],
        "Second",
        "nothing was overwritten"
    );

    let empty = edit(&creator, &content, "\"2\"", &json!({ "title": "  " })).await;
    assert_eq!(empty.expect_problem(400, "content.bad_title")["field"], "title");
    harness.run_until_idle().await;
    assert_eq!(
        creator.get(&path(&content)).await.expect(200)["title"],
        "Second",
        "workers keep a creator's words"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_shows_it_to_everybody_and_unpublishing_hides_it_at_once() {
    let (harness, _vod, creator, content) = with_ready_content().await;
    let nobody = harness.anonymous();
    let playback = format!("{}/playback", path(&content));
    nobody.get(&playback).await.expect_problem(404, "content.not_found");

    let public = creator.post(&format!("{}/publish", path(&content)), &json!({})).await.expect(200);
    assert_eq!((&public["status"], &public["state"]), (&json!("public"), &json!("public")));
    assert!(public["published_at"].is_string());
    let address = nobody.get(&playback).await.expect(200)["hls_url"].as_str().unwrap().to_owned();
    assert_eq!(nobody.get(&address).await.status, 200);

    creator.post(&format!("{}/unpublish", path(&content)), &json!({})).await.expect(200);
    nobody.get(&playback).await.expect_problem(404, "content.not_found");
    nobody.get(&address).await.expect_problem(410, "playback.expired");

    harness.run_until_idle().await;
    let documents = harness.studio.mongo.collection::<mongodb::bson::Document>("contents");
    let document = documents.find_one(mongodb::bson::doc! {}).await.unwrap().unwrap();
    assert_eq!(document.get_str("status").unwrap(), "private", "the document follows: {document}");
    assert_eq!(document.get_str("transcoding_status").unwrap(), "completed");
    for field in [
        "creatorId",
        "title",
        "description",
        "tags",
        "uploadDate",
        "s3_key",
        "duration",
        "thumbnail_url",
    ] {
        assert!(document.contains_key(field), "{field} is in {document}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_can_be_restored_for_a_month_and_is_then_gone_with_all_its_bytes() {
    let (harness, _vod, creator, content) = with_ready_content().await;
    let id = path(&content);
    let deleted = creator.delete(&id).await.expect(200);
    assert_eq!(deleted["state"], "deleted");
    assert!(deleted["restore_until"].is_string());
    assert_eq!(titles(&creator, "").await, Vec::<String>::new());
    assert_eq!(titles(&creator, "?deleted=true").await, ["beach"]);
    creator.post(&format!("{id}/publish"), &json!({})).await.expect_problem(409, "content.deleted");

    let restored = creator.post(&format!("{id}/restore"), &json!({})).await.expect(200);
    assert_eq!(restored["state"], "private");
    creator
        .post(&format!("{id}/restore"), &json!({}))
        .await
        .expect_problem(409, "content.not_deleted");

    creator.delete(&id).await.expect(200);
    harness.run_until_idle().await;
    harness.advance(Duration::from_hours(24 * 29)).await;
    harness.run_until_idle().await;
    assert_eq!(titles(&creator, "?deleted=true").await, ["beach"], "not a day too early");
    harness.advance(Duration::from_hours(24 * 2)).await;
    harness.run_until_idle().await;
    creator.get(&id).await.expect_problem(410, "content.purged");
    assert_eq!(harness.objects_below("").await, Vec::<String>::new(), "no byte of it stays");
    let documents = harness.studio.mongo.collection::<mongodb::bson::Document>("contents");
    assert_eq!(documents.count_documents(mongodb::bson::doc! {}).await.unwrap(), 0);
    let me = creator.get("/v1/me").await.expect(200);
    assert_eq!(me["storage"]["used_bytes"], 0, "its room is free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_creators_content_is_not_there() {
    let harness = Harness::start().await;
    let (owner, stranger) = (harness.creator().await, harness.creator().await);
    let content = begun(&owner, "Mine", "video/mp4").await;
    let id = path(&content);
    stranger.get(&id).await.expect_problem(404, "content.not_found");
    stranger.get(&format!("{id}/timeline")).await.expect_problem(404, "content.not_found");
    stranger.delete(&id).await.expect_problem(404, "content.not_found");
    for act in ["publish", "unpublish", "restore", "retry"] {
        let answer = stranger.post(&format!("{id}/{act}"), &json!({})).await;
        answer.expect_problem(404, "content.not_found");
    }
    let edited = edit(&stranger, &content, "\"1\"", &json!({ "title": "Theirs" })).await;
    edited.expect_problem(404, "content.not_found");
    harness.run_until_idle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_ready_is_neither_published_nor_played_nor_deleted() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let content = begun(&creator, "Not yet", "video/mp4").await;
    let id = path(&content);
    creator
        .post(&format!("{id}/publish"), &json!({}))
        .await
        .expect_problem(409, "content.not_ready");
    creator.get(&format!("{id}/playback")).await.expect_problem(409, "content.not_ready");
    creator.delete(&id).await.expect_problem(409, "content.uploading");
    creator.post(&format!("{id}/retry"), &json!({})).await.expect_problem(409, "upload.not_failed");
    harness.run_until_idle().await;
}
