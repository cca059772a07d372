//! What changes, as it changes: server-sent events.

use std::time::Duration;

use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use poem::web::{Data, sse::Event};
use poem_openapi::{OpenApi, param::Header, payload::EventStream, types::ToJSON};
use studio::{
    Refusal, Studio,
    content::{
        live::{self, Watching},
        refusals,
    },
};

use super::{
    Area,
    live_event::{LiveEvent, Numbered, Ready},
};
use crate::{
    Problem,
    auth::{ContentRead, Permit},
};

/// How often a silent stream shows that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long one stream lasts: no longer than the access token that opened it. Clients come back with
/// `Last-Event-ID` and miss nothing.
const LONGEST: Duration = Duration::from_mins(15);

/// The resource.
pub struct Events;

#[OpenApi(prefix_path = "/v1", tag = "Area::Events")]
impl Events {
    /// Watch one's uploads, contents and notifications
    ///
    /// Server-sent events `ready`, `content`, `upload` and `notification`, each with the thing as it is
    /// now. With `Last-Event-ID` the stream begins with everything that changed since. It ends after 15
    /// minutes; come back with the last id.
    #[oai(path = "/events", method = "get", operation_id = "events.stream")]
    async fn stream(
        &self,
        auth: Permit<ContentRead>,
        studio: Data<&Studio>,
        /// The id of the last event that was seen.
        #[oai(name = "Last-Event-ID")]
        last_event_id: Header<Option<String>>,
    ) -> Result<EventStream<BoxStream<'static, Numbered>>, Problem> {
        let after = number(last_event_id.0.as_deref())?;
        let watching = live::watch(&studio, auth.account_id(), after).await?;
        Ok(events(watching))
    }
}

fn number(last_event_id: Option<&str>) -> Result<Option<i64>, Refusal> {
    let read = |text: &str| text.trim().parse::<i64>().ok().filter(|number| *number >= 0);
    let bad = || refusals::EVENTS_BAD_ID.refuse().at("Last-Event-ID");
    last_event_id.map(|text| read(text).ok_or_else(bad)).transpose()
}

fn events(watching: Watching) -> EventStream<BoxStream<'static, Numbered>> {
    let ready = Numbered {
        number: watching.seen(),
        event: LiveEvent::Ready(Ready { seen: watching.seen() }),
    };
    let changes = stream::unfold(watching, following).flat_map(stream::iter);
    let all = stream::iter([ready]).chain(changes);
    let limited = all.take_until(tokio::time::sleep(LONGEST));
    EventStream::new(limited.boxed()).to_event(|numbered| write(&numbered)).keep_alive(HEARTBEAT)
}

/// The next changes; a defect ends the stream, and the client comes back with the last id.
async fn following(mut watching: Watching) -> Option<(Vec<Numbered>, Watching)> {
    match watching.next().await {
        Ok(changes) => Some((changes.into_iter().map(Numbered::from).collect(), watching)),
        Err(error) => {
            tracing::error!(%error, "a stream of events ended");
            None
        }
    }
}

fn write(numbered: &Numbered) -> Event {
    let kind = numbered.event.kind();
    Event::message(numbered.to_json_string()).event_type(kind).id(numbered.number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_that_were_given_out_are_taken() {
        assert_eq!(number(None).ok().flatten(), None);
        assert_eq!(number(Some("17")).ok().flatten(), Some(17));
        for bad in ["", "x", "-1", "1.5"] {
            assert_eq!(number(Some(bad)).unwrap_err().code.code, "events.bad_last_event_id");
        }
    }
}
