//! Asking the VOD service.

use std::time::Duration;

use bytes::Bytes;
use chrono::Utc;
use futures::{Stream, TryStreamExt};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{
    messages::{Transcode, TranscodeRequest},
    signature,
};
use crate::{Dependency, Error, Result, config::Config};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long the service may stay silent.
const SILENCE: Duration = Duration::from_secs(20);

/// The VOD service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct VodClient {
    http: reqwest::Client,
    base: Url,
    secret: SecretString,
}

/// The service understood us, and does not want to.
#[derive(Debug, thiserror::Error)]
#[error("the VOD service refused with {status}: {body}")]
pub struct Declined {
    /// The status.
    pub status: StatusCode,
    /// The beginning of what it said.
    pub body: String,
}

impl VodClient {
    /// Makes the client. The service need not be up.
    ///
    /// # Errors
    /// A TLS configuration that cannot be used.
    pub fn connect(config: &Config) -> Result<Self> {
        // Refused when the process has chosen a provider already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|e| Error::internal("making the client of the VOD service", e))?;
        Ok(Self { http, base: config.vod.url.clone(), secret: config.vod.secret.clone() })
    }

    /// Hands an original over. Doing it twice is doing it once.
    ///
    /// # Errors
    /// A service that is away or overloaded; [`Declined`] inside an internal error.
    pub async fn start(&self, request: &TranscodeRequest) -> Result<Transcode> {
        let body = serde_json::to_vec(request)?;
        let signature = self.sign(&body);
        let request =
            self.http.post(self.at(&["v1", "transcodes"])?).header(signature::HEADER, signature);
        let answer = send(request.header("Content-Type", "application/json").body(body)).await?;
        read(answer).await
    }

    /// How far a transcode is; none if the service does not know it.
    ///
    /// # Errors
    /// A service that is away or overloaded.
    pub async fn find(&self, id: &str) -> Result<Option<Transcode>> {
        let answer = send(self.bodyless(Method::GET, &["v1", "transcodes", id])?).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            Ok(None)
        } else {
            read(answer).await.map(Some)
        }
    }

    /// Asks the service to stop. What it does not know is stopped already.
    ///
    /// # Errors
    /// A service that is away or overloaded.
    pub async fn cancel(&self, id: &str) -> Result<()> {
        let answer = send(self.bodyless(Method::DELETE, &["v1", "transcodes", id])?).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            Ok(())
        } else {
            accepted(answer).await.map(|_| ())
        }
    }

    /// Reads a file that the service made, from the short-lived address that it gave.
    ///
    /// # Errors
    /// A service that is away, or an address that is no longer good.
    pub async fn download(
        &self,
        url: &Url,
    ) -> Result<impl Stream<Item = Result<Bytes>> + Send + Unpin + use<>> {
        let answer = accepted(send(self.http.get(url.clone())).await?).await?;
        Ok(Box::pin(
            answer.bytes_stream().map_err(|e| Error::unavailable(Dependency::Vod, e.without_url())),
        ))
    }

    fn bodyless(&self, method: Method, path: &[&str]) -> Result<RequestBuilder> {
        let url = self.at(path)?;
        let signature = self.sign(format!("{method} {}", url.path()).as_bytes());
        Ok(self.http.request(method, url).header(signature::HEADER, signature))
    }

    fn sign(&self, signed: &[u8]) -> String {
        signature::sign(self.secret.expose_secret().as_bytes(), Utc::now(), signed)
    }

    fn at(&self, path: &[&str]) -> Result<Url> {
        let mut url = self.base.clone();
        match url.path_segments_mut() {
            Ok(mut segments) => segments.pop_if_empty().extend(path),
            Err(()) => {
                return Err(Error::internal(
                    "reading CREATOR_STUDIO_VOD_URL",
                    "it cannot have a path",
                ));
            }
        };
        Ok(url)
    }
}

async fn send(request: RequestBuilder) -> Result<Response> {
    request.send().await.map_err(|e| Error::unavailable(Dependency::Vod, e.without_url()))
}

async fn read(answer: Response) -> Result<Transcode> {
    let answer = accepted(answer).await?;
    let bytes = answer.bytes().await.map_err(|e| Error::unavailable(Dependency::Vod, e))?;
    serde_json::from_slice(&bytes)
        .map_err(|e| Error::internal("reading the VOD service's answer", e))
}

async fn accepted(answer: Response) -> Result<Response> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let body: String = answer.text().await.unwrap_or_default().chars().take(500).collect();
    let declined = Declined { status, body };
    if status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429) {
        return Err(Error::unavailable(Dependency::Vod, declined));
    }
    Err(Error::internal("asking the VOD service", declined))
}
