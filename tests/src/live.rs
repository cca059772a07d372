//! Reading a stream of server-sent events, and going on with it after it broke.

use std::time::Duration;

use futures::{StreamExt, stream::BoxStream};
use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::Client;

/// How long a story waits for an event before it has failed.
const PATIENCE: Duration = Duration::from_mins(1);

/// One event.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its id, with which a stream resumes.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// Its data.
    pub data: Value,
}

/// An open stream.
pub struct Live {
    path: String,
    bytes: BoxStream<'static, reqwest::Result<bytes::Bytes>>,
    buffer: String,
    /// The id of the last event that was read.
    pub last_id: Option<String>,
}

impl Live {
    /// Opens a stream, after the event `last_id` if there is one.
    ///
    /// # Errors
    /// The status with which the API refused it.
    pub async fn open(
        client: &Client,
        path: &str,
        last_id: Option<String>,
    ) -> Result<Self, Option<StatusCode>> {
        let mut request = client.request(Method::GET, path).header("accept", "text/event-stream");
        if let Some(id) = &last_id {
            request = request.header("last-event-id", id);
        }
        let answer = request.send().await.map_err(|error| error.status())?;
        if answer.status() != StatusCode::OK {
            return Err(Some(answer.status()));
        }
        let bytes = answer.bytes_stream().boxed();
        Ok(Self { path: path.to_owned(), bytes, buffer: String::new(), last_id })
    }

    /// The next event; none when the stream has ended or broken.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(end) = self.buffer.find("\n\n") {
                let block: String = self.buffer.drain(..end + 2).collect();
                if let Some(event) = parse(&block) {
                    self.last_id = Some(event.id.clone());
                    return Some(event);
                }
                continue;
            }
            let chunk = self.bytes.next().await?.ok()?;
            self.buffer.push_str(&String::from_utf8_lossy(&chunk));
        }
    }

    /// Reads until an event `holds`, opening the stream again wherever it breaks.
    pub async fn resume_until(&mut self, client: &Client, holds: impl Fn(&Event) -> bool) -> Event {
        let search = async {
            loop {
                match self.next().await {
                    Some(event) if holds(&event) => return event,
                    Some(_) => {}
                    None => self.reopen(client).await,
                }
            }
        };
        tokio::time::timeout(PATIENCE, search).await.expect("the event comes")
    }

    async fn reopen(&mut self, client: &Client) {
        match Self::open(client, &self.path, self.last_id.clone()).await {
            Ok(stream) => *self = stream,
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Reads one block; comments (heartbeats) are no events.
fn parse(block: &str) -> Option<Event> {
    let field = |name: &str| {
        let lines = block.lines().filter_map(|line| line.strip_prefix(name));
        lines.map(|value| value.trim_start_matches(' ')).collect::<Vec<_>>().join("\n")
    };
    let data = field("data:");
    if data.is_empty() {
        return None;
    }
    let data = serde_json::from_str(&data).expect("events carry JSON");
    Some(Event { id: field("id:"), kind: field("event:"), data })
}
