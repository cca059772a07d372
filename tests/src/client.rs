//! A client of the API: one person at one device, or a program with a token.

use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{AUTHORIZATION, HeaderValue},
};
use serde_json::Value;
use url::Url;

use crate::live::Live;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body as JSON; null when it is empty or no JSON.
    pub body: Value,
    /// The body as it came.
    pub text: String,
}

impl Answer {
    async fn read(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self { status, headers, body, text }
    }

    /// The body, of an answer that must be `status`.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.body
    }

    /// Asserts that this is the problem `code`, with this status.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.body["code"], code, "{}", self.text);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        self.body
    }
}

/// One person at one device, or a program with a token.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    bearer: Option<String>,
}

impl Client {
    /// Somebody whom nobody knows yet, with cookies of their own.
    pub fn new(base: Url) -> Self {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self { http, base, bearer: None }
    }

    /// The same device with this access or API token.
    #[must_use]
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self { bearer: Some(token.into()), ..self.clone() }
    }

    /// The same device asking another process of the API.
    #[must_use]
    pub fn at(&self, base: Url) -> Self {
        Self { base, ..self.clone() }
    }

    /// The token that it sends.
    pub fn token(&self) -> Option<&str> {
        self.bearer.as_deref()
    }

    /// Signs in and keeps the access token.
    pub async fn sign_in(&mut self, email: &str, password: &str) -> Value {
        let credentials = serde_json::json!({ "email": email, "password": password });
        let session = self.post("/v1/auth/sessions", &credentials).await.expect(200);
        self.bearer = session["access_token"].as_str().map(ToOwned::to_owned);
        session
    }

    /// Changes the refresh cookie for a new access token, as the portal does before the old one ends.
    pub async fn refresh(&mut self) {
        let session = self.post("/v1/auth/sessions/refresh", &Value::Null).await.expect(200);
        self.bearer = session["access_token"].as_str().map(ToOwned::to_owned);
    }

    /// Opens a stream of events.
    pub async fn listen(&self, path: &str) -> Live {
        Live::open(self, path, None).await.expect("the stream opens")
    }

    /// The whole address of a path of the API.
    pub fn url(&self, path: &str) -> Url {
        self.base.join(path).expect("a path of the API")
    }

    /// A request, for what the shorthands below do not cover.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = self.url(path);
        let request = self.http.request(method, url);
        match &self.bearer {
            Some(token) => {
                let value = HeaderValue::from_str(&format!("Bearer {token}")).expect("a token");
                request.header(AUTHORIZATION, value)
            }
            None => request,
        }
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::read(request.send().await.expect("the API answers")).await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// PATCH with a JSON body.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PATCH, path).json(body)).await
    }
}
