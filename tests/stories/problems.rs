//! Whatever goes wrong is told in one form, with a code, also what no handler ever saw.

use reqwest::Method;
use serde_json::json;
use tests::Harness;

#[tokio::test(flavor = "multi_thread")]
async fn what_the_framework_refuses_is_a_problem_with_a_code() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let request = |method, path| creator.request(method, path);
    let json = "application/json";
    let cases = [
        (request(Method::GET, "/v1/nothing-here"), 404, "request.no_such_path"),
        (request(Method::PUT, "/v1/me"), 405, "request.method_not_allowed"),
        (
            request(Method::PATCH, "/v1/me").header("content-type", json).body("{"),
            400,
            "request.bad_body",
        ),
        (
            request(Method::PATCH, "/v1/me").header("content-type", json).body("{}"),
            400,
            "request.bad_body",
        ),
        (
            request(Method::PATCH, "/v1/me").header("content-type", "text/plain").body("Ana"),
            415,
            "request.unsupported_media_type",
        ),
        (
            request(Method::PATCH, "/v1/me").header("content-type", json).body(vec![b' '; 2 << 20]),
            413,
            "request.too_large",
        ),
        (request(Method::GET, "/v1/me/notifications?limit=many"), 400, "request.bad_parameter"),
        (request(Method::GET, "/v1/me/notifications?cursor=invented"), 400, "page.bad_cursor"),
        (request(Method::DELETE, "/v1/me/tokens/cnt_1"), 400, "request.bad_parameter"),
    ];
    for (request, status, code) in cases {
        let problem = creator.send(request).await.expect_problem(status, code);
        for field in ["type", "title", "detail", "what_to_do", "request_id"] {
            let text = problem[field].as_str();
            assert!(text.is_some_and(|text| !text.is_empty()), "{field} of {problem}");
        }
        assert_eq!(problem["status"], status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_and_its_answer_name_the_same_request() {
    let harness = Harness::start().await;
    let answer = harness.anonymous().get("/v1/me").await;
    let header = answer.headers["x-request-id"].to_str().unwrap().to_owned();
    assert_eq!(answer.headers["www-authenticate"], "Bearer");
    assert_eq!(answer.expect_problem(401, "auth.required")["request_id"], header.as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_is_not_there_is_answered_with_those_that_are() {
    let harness = Harness::start().await;
    let client = harness.anonymous();
    let answer = client.send(client.request(Method::DELETE, "/v1/uploads")).await;
    assert_eq!(answer.headers["allow"], "GET, HEAD, POST");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_field_is_named() {
    let harness = Harness::start().await;
    let body = json!({ "email": "ana@people.test", "password": "long enough to be one" });
    let answer = harness.anonymous().post("/v1/auth/register", &body).await;
    assert_eq!(answer.expect_problem(400, "request.bad_body")["field"], "display_name");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_cannot_be_read_is_not_repeated() {
    let harness = Harness::start().await;
    let body = json!({ "email": "ana@people.test", "password": ["hunter2"] });
    let answer = harness.anonymous().post("/v1/auth/sessions", &body).await;
    assert!(!answer.text.contains("hunter2"), "{}", answer.text);
    answer.expect_problem(400, "request.bad_body");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_type_of_a_problem_leads_to_its_description() {
    let harness = Harness::start().await;
    let problem = harness.anonymous().get("/v1/me").await.expect_problem(401, "auth.required");
    let (page, anchor) = problem["type"].as_str().unwrap().split_once('#').unwrap();
    let page = harness.anonymous().get(page).await;
    assert!(page.text.contains(&format!("id=\"{anchor}\"")));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_tells_browsers_to_be_careful() {
    let harness = Harness::start().await;
    for path in ["/v1/me", "/docs", "/healthz"] {
        let headers = harness.anonymous().get(path).await.headers;
        assert!(
            headers["content-security-policy"]
                .to_str()
                .unwrap()
                .contains("script-src 'self' 'wasm-unsafe-eval';")
        );
        assert_eq!(headers["x-content-type-options"], "nosniff");
    }
    assert_eq!(harness.anonymous().get("/v1/me").await.headers["cache-control"], "no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_of_another_type_is_refused_and_named() {
    let harness = Harness::start().await;
    let creator = harness.creator().await;
    let file = json!({
        "file_name": "film.mp4", "size_bytes": 1000, "media_type": "video/mp4", "when_ready": "private",
    });
    for (field, wrong) in
        [("media_type", json!(7)), ("file_name", json!(true)), ("title", json!(null))]
    {
        let mut wrong_file = file.clone();
        wrong_file[field] = wrong;
        let problem = creator.post("/v1/uploads", &wrong_file).await;
        assert_eq!(problem.expect_problem(400, "request.bad_body")["field"], field);
    }
    creator.post("/v1/uploads", &file).await.expect(201);
    harness.run_until_idle().await;
}
