//! A receiver of webhooks, as Creator Studio is one.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use poem::{
    Endpoint, EndpointExt, Request, Response, Server, endpoint::make, http::StatusCode,
    listener::TcpAcceptor,
};
use serde_json::Value;
use tokio::{
    sync::{Mutex, mpsc},
    task::JoinHandle,
};
use url::Url;

use crate::{client::hmac_hex, process::SECRET};

/// A webhook as it arrived.
#[derive(Debug)]
pub struct Heard {
    pub event_id: String,
    pub kind: String,
    pub body: Value,
    pub signature: String,
    /// Whether the signature is right, whatever its time.
    pub proven: bool,
    /// How long ago it was signed, in seconds.
    pub age: i64,
}

/// Receives until the test ends.
pub struct Receiver {
    pub url: Url,
    heard: Mutex<mpsc::UnboundedReceiver<Heard>>,
    refusing: Arc<AtomicU32>,
    serving: JoinHandle<()>,
}

impl Receiver {
    pub async fn listen() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1/webhooks/vod", listener.local_addr().unwrap());
        let (tell, heard) = mpsc::unbounded_channel();
        let refusing = Arc::new(AtomicU32::new(0));
        let endpoint = receiving(tell, Arc::clone(&refusing)).boxed();
        let server = Server::new_with_acceptor(TcpAcceptor::from_tokio(listener).unwrap());
        let serving = tokio::spawn(async move { server.run(endpoint).await.unwrap() });
        let url = Url::parse(&url).unwrap();
        Self { url, heard: Mutex::new(heard), refusing, serving }
    }

    /// Answers the next `count` final events with 503.
    pub fn refuse(&self, count: u32) {
        self.refusing.store(count, Ordering::SeqCst);
    }

    /// The next webhook.
    pub async fn next(&self) -> Heard {
        let mut heard = self.heard.lock().await;
        let next = tokio::time::timeout(Duration::from_mins(1), heard.recv()).await;
        next.expect("a webhook within a minute").unwrap()
    }

    /// The next webhook that is not about progress.
    pub async fn next_final(&self) -> Heard {
        loop {
            let heard = self.next().await;
            if heard.kind != "transcode.progress" {
                return heard;
            }
        }
    }

    /// What has arrived and was not taken.
    pub async fn rest(&self) -> Vec<Heard> {
        let mut heard = self.heard.lock().await;
        std::iter::from_fn(|| heard.try_recv().ok()).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn receiving(tell: mpsc::UnboundedSender<Heard>, refusing: Arc<AtomicU32>) -> impl Endpoint {
    make(move |mut request: Request| {
        let (tell, refusing) = (tell.clone(), Arc::clone(&refusing));
        async move {
            let bytes = request.take_body().into_bytes().await?;
            let heard = hear(&request, &bytes);
            let is_final = heard.kind != "transcode.progress";
            let _ = tell.send(heard);
            let left = refusing.load(Ordering::SeqCst);
            if is_final && left > 0 {
                refusing.store(left - 1, Ordering::SeqCst);
                return Ok::<Response, poem::Error>(StatusCode::SERVICE_UNAVAILABLE.into());
            }
            Ok(StatusCode::NO_CONTENT.into())
        }
    })
}

fn hear(request: &Request, bytes: &[u8]) -> Heard {
    let body: Value = serde_json::from_slice(bytes).unwrap();
    let signature = request.header("Vod-Signature").unwrap().to_owned();
    let (time, mac) = signature.split_once(",v1=").unwrap();
    let time = time.strip_prefix("t=").unwrap();
    let expected = hmac_hex(SECRET, &[time.as_bytes(), b".", bytes].concat());
    Heard {
        event_id: request.header("Vod-Event-Id").unwrap().to_owned(),
        kind: body["type"].as_str().unwrap().to_owned(),
        proven: expected == mac,
        age: chrono::Utc::now().timestamp() - time.parse::<i64>().unwrap(),
        signature,
        body,
    }
}
