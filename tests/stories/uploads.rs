//! Uploads: what a creator's device asks, what the store has, and what is refused in which words.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use studio::{
    content::objects::keys,
    ids::{ContentId, UploadId},
};
use tests::{Client, Harness, upload};

const MIB: usize = 1024 * 1024;

/// Bytes that make three parts.
fn three_parts() -> Vec<u8> {
    (0..17 * MIB).map(|n| u8::try_from(n % 251).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn any_device_learns_from_the_store_which_parts_are_missing() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let bytes = three_parts();
    let created = upload::create(&creator, "film.mp4", "video/mp4", &bytes).await;
    assert_eq!(created["part_count"], 3, "{created}");
    let parts: Vec<_> = upload::parts(&created, &bytes).collect();
    upload::send_part(&creator, &created, 1, parts[0], parts[0]).await;
    upload::send_part(&creator, &created, 3, parts[2], parts[2]).await;

    let arrived = creator.get(&format!("{}/parts", upload::path(&created))).await.expect(200);
    let numbers: Vec<_> =
        arrived["parts"].as_array().unwrap().iter().map(|p| &p["number"]).collect();
    assert_eq!(numbers, [&json!(1), &json!(3)], "{arrived}");
    let shown = upload::show(&creator, &created).await;
    assert_eq!(shown["received_parts"], 2, "{shown}");
    assert_eq!(shown["received_bytes"], parts[0].len() + parts[2].len(), "{shown}");
    abort(&harness, &creator, &created).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_flipped_byte_is_refused_by_the_store_and_the_part_can_be_sent_again() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let bytes = three_parts();
    let created = upload::create(&creator, "film.mp4", "video/mp4", &bytes).await;
    let part = upload::parts(&created, &bytes).nth(1).unwrap().to_vec();
    let mut damaged = part.clone();
    damaged[4711] ^= 1;

    let answer = upload::send_part(&creator, &created, 2, &part, &damaged).await;
    assert_eq!(
        answer,
        StatusCode::BAD_REQUEST,
        "the store refuses what the signature does not allow"
    );
    let incomplete = creator.post(&complete_path(&created), &json!({})).await;
    let problem = incomplete.expect_problem(409, "upload.parts_missing");
    assert!(problem["detail"].as_str().unwrap().contains('2'), "it is named: {problem}");

    upload::send(&creator, &created, &bytes).await;
    let arrived = creator.get(&format!("{}/parts", upload::path(&created))).await.expect(200);
    assert_eq!(arrived["parts"].as_array().unwrap().len(), 3, "{arrived}");
    abort(&harness, &creator, &created).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_another_size_than_planned_is_refused() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let bytes = three_parts();
    let created = upload::create(&creator, "film.mp4", "video/mp4", &bytes).await;
    let part = upload::parts(&created, &bytes).next().unwrap().to_vec();
    let shorter = &part[..part.len() - 1];
    assert!(!upload::send_part(&creator, &created, 1, shorter, shorter).await.is_success());
    abort(&harness, &creator, &created).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_refused_is_refused_before_a_byte_moves() {
    let harness = Harness::start_with(&[("CREATOR_STUDIO_QUOTA_BYTES", "1000000")]).await;
    let creator = harness.creator().await;
    let file = |name: &str, size: u64, kind: &str| json!({ "file_name": name, "size_bytes": size, "media_type": kind, "when_ready": "private" });
    let refused = [
        (file("a.mp4", 0, "video/mp4"), 400, "upload.empty", "size_bytes"),
        (file("a.mp4", 6 << 40, "video/mp4"), 413, "upload.too_large", "size_bytes"),
        (file("a.mp4", 2_000_000, "video/mp4"), 409, "upload.no_room", "size_bytes"),
        (
            file("a.exe", 10, "application/x-msdownload"),
            415,
            "upload.unsupported_type",
            "media_type",
        ),
        (file("", 10, "video/mp4"), 400, "upload.bad_file_name", "file_name"),
    ];
    for (file, status, code, field) in refused {
        let problem = creator.post("/v1/uploads", &file).await.expect_problem(status, code);
        assert_eq!(problem["field"], field, "{problem}");
        assert!(!problem["what_to_do"].as_str().unwrap().is_empty());
    }
    let mine = creator.get("/v1/uploads").await.expect(200);
    assert_eq!(mine["items"], json!([]), "nothing was kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn room_that_is_promised_to_one_upload_is_not_promised_twice() {
    let harness = Harness::start_with(&[("CREATOR_STUDIO_QUOTA_BYTES", "1500000")]).await;
    let creator = harness.creator().await;
    let file = json!({ "file_name": "a.mp4", "size_bytes": 1_000_000, "media_type": "video/mp4", "when_ready": "private" });
    let (one, other) =
        tokio::join!(creator.post("/v1/uploads", &file), creator.post("/v1/uploads", &file));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let first = if one.status == 201 { one.body } else { other.body };
    abort(&harness, &creator, &first).await;
    let again = creator.post("/v1/uploads", &file).await.expect(201);
    abort(&harness, &creator, &again).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_are_signed_for_this_upload_only_and_each_fault_is_named() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let created = upload::create(&creator, "film.mp4", "video/mp4", &three_parts()).await;
    let md5 = "1B2M2Y8AsgTpgAmY7PhCfg==";
    let sign = format!("{}/parts/sign", upload::path(&created));
    let part = |number: i64, md5: &str| json!({ "number": number, "md5": md5 });
    let refused = [
        (json!([]), "upload.bad_batch", "parts"),
        (json!([part(4, md5)]), "upload.bad_part_number", "parts[0].number"),
        (json!([part(1, md5), part(1, md5)]), "upload.duplicate_part", "parts[1].number"),
        (json!([part(1, "no checksum")]), "upload.bad_md5", "parts[0].md5"),
    ];
    for (parts, code, field) in refused {
        let answer = creator.post(&sign, &json!({ "parts": parts })).await;
        assert_eq!(answer.expect_problem(400, code)["field"], field);
    }
    abort(&harness, &creator, &created).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_signature_is_refused_and_a_new_one_helps() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let hasty = creator.at(harness.api_with(&[("CREATOR_STUDIO_SIGNED_URL_SECONDS", "1")]).await);
    let bytes = vec![7; MIB];
    let created = upload::create(&creator, "film.mp4", "video/mp4", &bytes).await;
    let address = upload::sign(&hasty, &created, 1, &bytes).await;
    let expires: chrono::DateTime<chrono::Utc> =
        address["expires_at"].as_str().unwrap().parse().unwrap();
    while chrono::Utc::now() < expires + Duration::from_secs(1) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(upload::put(&address, &bytes).await, StatusCode::FORBIDDEN);
    assert_eq!(upload::send_part(&creator, &created, 1, &bytes, &bytes).await, StatusCode::OK);
    abort(&harness, &creator, &created).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn completing_twice_is_completing_once_and_parts_after_that_are_refused() {
    let (harness, vod) = Harness::start_with_vod().await;
    let creator = harness.creator().await;
    let clip = tests::clips::short_video().await;
    let created = upload::whole(&creator, "clip.mp4", "video/mp4", &clip).await;
    let (one, other) =
        tokio::join!(upload::complete(&creator, &created), upload::complete(&creator, &created));
    assert_eq!((&one["state"], &other["state"]), (&json!("submitted"), &json!("submitted")));

    let sign = format!("{}/parts/sign", upload::path(&created));
    let part = json!({ "parts": [{ "number": 1, "md5": "1B2M2Y8AsgTpgAmY7PhCfg==" }] });
    creator.post(&sign, &part).await.expect_problem(409, "upload.already_submitted");
    creator.delete(&upload::path(&created)).await.expect_problem(409, "upload.already_submitted");

    harness.run_until_settled(&vod).await;
    assert_eq!(upload::show(&creator, &created).await["state"], "accepted");
    creator.post(&sign, &part).await.expect_problem(409, "upload.already_accepted");
    let runs = "select count(*) from jobs.run where name = 'publish_upload'";
    let runs: i64 = sqlx::query_scalar(runs).fetch_one(&harness.studio.db).await.unwrap();
    assert_eq!(runs, 1, "one run, however often it was completed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aborted_upload_frees_its_room_and_its_bytes() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let bytes = three_parts();
    let created = upload::create(&creator, "film.mp4", "video/mp4", &bytes).await;
    let part = upload::parts(&created, &bytes).next().unwrap();
    upload::send_part(&creator, &created, 1, part, part).await;
    assert_eq!(used(&creator).await, bytes.len() as u64);
    abort(&harness, &creator, &created).await;
    assert_eq!(used(&creator).await, 0);
    assert_eq!(harness.unfinished_objects().await, 0, "the store keeps no part");
    creator.post(&complete_path(&created), &json!({})).await.expect_problem(409, "upload.aborted");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_abandoned_upload_expires_and_frees_its_room_and_its_bytes() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let bytes = three_parts();
    let created = upload::create(&creator, "film.mp4", "video/mp4", &bytes).await;
    let part = upload::parts(&created, &bytes).next().unwrap();
    upload::send_part(&creator, &created, 1, part, part).await;

    harness.run_until_idle().await; // the schedules begin to tick
    // The schedule counts from when it is first seen: it fires for the days that pass after that.
    harness.run_until_idle().await;
    harness.advance(Duration::from_hours(24 * 8)).await;
    harness.run_until_idle().await;

    assert_eq!(upload::show(&creator, &created).await["state"], "expired");
    assert_eq!(used(&creator).await, 0);
    assert_eq!(harness.unfinished_objects().await, 0, "the store keeps no part");
    creator.post(&complete_path(&created), &json!({})).await.expect_problem(409, "upload.expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_crash_left_in_the_store_is_given_up_and_what_is_being_sent_is_not() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let created = upload::create(&creator, "film.mp4", "video/mp4", &three_parts()).await;
    let orphan = keys::original(ContentId::new(), UploadId::new());
    harness.studio.objects.begin(&orphan, "video/mp4").await.unwrap();
    assert_eq!(harness.unfinished_objects().await, 2);

    harness.run_until_idle().await; // the schedules begin to tick
    harness.advance(Duration::from_hours(3)).await;
    harness.run_until_idle().await;
    assert_eq!(harness.unfinished_objects().await, 1, "the one that somebody is sending");
    assert_eq!(upload::show(&creator, &created).await["state"], "uploading");
    abort(&harness, &creator, &created).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_creators_upload_is_not_there() {
    let harness = Harness::start().await;
    let (owner, stranger) = (harness.creator().await, harness.creator().await);
    let created = upload::create(&owner, "film.mp4", "video/mp4", &three_parts()).await;
    let path = upload::path(&created);
    stranger.get(&path).await.expect_problem(404, "upload.not_found");
    stranger.get(&format!("{path}/parts")).await.expect_problem(404, "upload.not_found");
    stranger
        .post(&format!("{path}/complete"), &json!({}))
        .await
        .expect_problem(404, "upload.not_found");
    stranger.delete(&path).await.expect_problem(404, "upload.not_found");
    abort(&harness, &owner, &created).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_file_name_is_shown_harmless() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let created =
        upload::create(&creator, "../../etc/pass\u{0}wd\u{202e}gpm.mp4", "video/mp4", &[1; 10])
            .await;
    let name = created["file_name"].as_str().unwrap();
    assert!(!name.contains(['/', '\0', '\u{202e}', '\\']), "{name:?}");
    abort(&harness, &creator, &created).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn creating_twice_with_one_idempotency_key_creates_once() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let file = json!({ "file_name": "a.mp4", "size_bytes": 10, "media_type": "video/mp4", "when_ready": "private" });
    let create = |file: Value| {
        let request = creator.request(reqwest::Method::POST, "/v1/uploads");
        creator.send(request.header("idempotency-key", "one-and-the-same").json(&file))
    };
    let first = create(file.clone()).await.expect(201);
    let second = create(file.clone()).await.expect(201);
    assert_eq!(first["id"], second["id"]);
    let mut other = file;
    other["size_bytes"] = json!(11);
    create(other).await.expect_problem(409, "idempotency.key_reused");
    abort(&harness, &creator, &first).await;
}

fn complete_path(upload: &Value) -> String {
    format!("{}/complete", upload::path(upload))
}

/// Gives an upload up, and lets the workers clean up behind it.
async fn abort(harness: &Harness, creator: &Client, upload: &Value) {
    creator.delete(&upload::path(upload)).await.expect(204);
    harness.run_until_idle().await;
}

async fn used(creator: &Client) -> u64 {
    creator.get("/v1/me").await.expect(200)["storage"]["used_bytes"].as_u64().unwrap()
}
