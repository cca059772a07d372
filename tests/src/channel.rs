//! A creator with public works, and what viewers do with them.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use studio::{
    accounts::{Role, demo as people},
    analytics::{event::Moment, intake},
    content::demo,
    ids::{AccountId, ContentId},
};
use uuid::{Builder, Uuid};

use crate::{Client, Harness, harness::PASSWORD};

/// How long a work of a channel plays, in milliseconds.
pub const PLAYS_MS: i64 = 100_000;

/// A creator with works that everybody can see.
pub struct Channel {
    /// The creator.
    pub creator: AccountId,
    /// Their address.
    pub email: String,
    /// Their works.
    pub works: Vec<ContentId>,
}

impl Channel {
    /// One with so many works, all public for a month.
    pub async fn open(harness: &Harness, works: usize) -> Self {
        let now = harness.now().await;
        let mut channel = Self::empty(harness).await;
        for n in 0..works {
            let since = now - TimeDelta::days(30)
                + TimeDelta::minutes(i64::try_from(n).expect("few works"));
            channel.publish(harness, &format!("Work {n}"), since).await;
        }
        harness.run_until_idle().await;
        channel
    }

    /// One without works.
    pub async fn empty(harness: &Harness) -> Self {
        let email = harness.fresh_address("channel");
        let roles = [Role::Creator];
        let creator = people::create(&harness.studio, &email, "A channel", PASSWORD, &roles).await;
        Self { creator: creator.expect("a creator of a test"), email, works: Vec::new() }
    }

    /// Adds a work.
    pub async fn publish(
        &mut self,
        harness: &Harness,
        title: &str,
        since: DateTime<Utc>,
    ) -> ContentId {
        let work = demo::publish(&harness.studio, self.creator, title, PLAYS_MS, since).await;
        let work = work.expect("a work of a test");
        self.works.push(work);
        work
    }

    /// The creator, signed in.
    pub async fn sign_in(&self, harness: &Harness) -> Client {
        let mut client = harness.anonymous();
        client.sign_in(&self.email, PASSWORD).await;
        client
    }
}

/// An id of an event that happened then; `salt` makes ids of one moment differ, and is the same each time.
pub fn event_id(at: DateTime<Utc>, salt: u128) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).expect("a moment after 1970");
    let salt = salt.to_be_bytes();
    let mut random = [0; 10];
    random.copy_from_slice(&salt[6..]);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// A view of a work at a moment, as a message of the platform's stream.
pub fn view(work: ContentId, viewer: &str, at: DateTime<Utc>, salt: u128) -> Value {
    json!({
        "id": event_id(at, salt), "content": work, "viewer": viewer, "kind": "view",
        "session": Uuid::from_u128(salt), "country": "DE", "device": "phone", "source": "search",
        "age_group": "25-34", "gender": "female",
    })
}

/// The same for a stretch that was watched.
pub fn progress(
    work: ContentId,
    viewer: &str,
    at: DateTime<Utc>,
    salt: u128,
    (watched, position): (u32, u32),
) -> Value {
    let mut event = view(work, viewer, at, salt);
    event["kind"] = json!("watch_progress");
    event["watched_seconds"] = json!(watched);
    event["position_seconds"] = json!(position);
    event
}

/// When an event happened.
pub fn moment_of(event: &Value) -> Moment {
    let id = event["id"].as_str().expect("an id").parse().expect("a UUID");
    Moment::of(id).expect("a UUIDv7")
}

impl Harness {
    /// The business time of this test.
    pub async fn now(&self) -> DateTime<Utc> {
        let now = sqlx::query_scalar("select jobs.now()").fetch_one(&self.studio.db);
        now.await.expect("the database of the test")
    }

    /// Noon of the UTC day so many days ago.
    pub async fn noon(&self, days_ago: i64) -> DateTime<Utc> {
        let today = self.now().await.date_naive() - TimeDelta::days(days_ago);
        today.and_hms_opt(12, 0, 0).expect("noon").and_utc()
    }

    /// Takes events in, as they come by stream.
    pub async fn take_in(&self, events: &[Value]) -> intake::Taken {
        let messages = events.iter().map(|e| e.to_string().into_bytes()).collect();
        intake::take_stream_batch(&self.studio, messages).await.expect("events are taken in")
    }

    /// Closes the days that are over and counts them and whatever came late.
    pub async fn count(&self) {
        use studio::analytics::rollup;
        rollup::close_days(&self.studio).await.expect("days are closed");
        rollup::recount_late(&self.studio).await.expect("late events are claimed");
        self.run_until_idle().await;
    }
}
