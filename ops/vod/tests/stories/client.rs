//! A client of the service, written from its documentation alone.

use std::time::Duration;

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::Sha256;
use url::Url;

use crate::{
    process::{SECRET, Vod},
    receiver::Receiver,
};

/// Hex HMAC-SHA256.
pub fn hmac_hex(secret: &str, bytes: &[u8]) -> String {
    let mut hmac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    hmac.update(bytes);
    hex::encode(hmac.finalize().into_bytes())
}

/// The header's value for a payload.
pub fn signature(secret: &str, payload: &[u8], at: DateTime<Utc>) -> String {
    let time = at.timestamp();
    let signed = [format!("{time}.").as_bytes(), payload].concat();
    format!("t={time},v1={}", hmac_hex(secret, &signed))
}

/// An HTTP client; sets up the house's cryptography.
pub fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

/// An answer: status and JSON.
pub type Answer = (StatusCode, Value);

/// An order with an hour to its deadline.
pub fn order(reference: &str, source: &Url, kind: &str, receiver: &Receiver) -> Value {
    json!({
        "reference": reference,
        "source_url": source,
        "kind": kind,
        "callback_url": receiver.url,
        "max_height": 1080,
        "deadline": Utc::now() + chrono::TimeDelta::hours(1),
    })
}

impl Vod {
    pub async fn hand_over(&self, order: &Value) -> Answer {
        let body = serde_json::to_vec(order).unwrap();
        let signature = signature(SECRET, &body, Utc::now());
        self.send(Method::POST, "/v1/transcodes", Some(&signature), body).await
    }

    /// Hands over and gives the id.
    pub async fn accepted(&self, order: &Value) -> String {
        let (status, answer) = self.hand_over(order).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    pub async fn show(&self, id: &str) -> Value {
        let path = format!("/v1/transcodes/{id}");
        let (status, answer) = self.signed(Method::GET, &path).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer
    }

    pub async fn cancel(&self, id: &str) -> StatusCode {
        self.signed(Method::DELETE, &format!("/v1/transcodes/{id}")).await.0
    }

    /// A signed request without a body.
    pub async fn signed(&self, method: Method, path: &str) -> Answer {
        let signature = signature(SECRET, format!("{method} {path}").as_bytes(), Utc::now());
        self.send(method, path, Some(&signature), Vec::new()).await
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        signature: Option<&str>,
        body: Vec<u8>,
    ) -> Answer {
        let mut request = http().request(method, self.base.join(path).unwrap()).body(body);
        request = request.header("Content-Type", "application/json");
        if let Some(signature) = signature {
            request = request.header("Vod-Signature", signature);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    pub async fn misbehave(&self, fault: Value) {
        let body = serde_json::to_vec(&fault).unwrap();
        let (status, answer) = self.send(Method::PUT, "/_faults", None, body).await;
        assert_eq!(status, StatusCode::NO_CONTENT, "{answer}");
    }

    /// Asks until the transcode is as wished. The service tells nobody of some of its states.
    pub async fn until(&self, id: &str, wished: impl Fn(&Value) -> bool) -> Value {
        let asking = async {
            loop {
                let shown = self.show(id).await;
                if wished(&shown) {
                    return shown;
                }
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        };
        tokio::time::timeout(Duration::from_mins(1), asking).await.expect("within a minute")
    }
}
