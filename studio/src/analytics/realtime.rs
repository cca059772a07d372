//! What happens just now: views counted in Redis as they come in, an estimate and never more.
//!
//! Nothing is kept here that cannot be lost: an empty Redis begins to count anew, and says since when.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use redis::aio::ConnectionManager;

use super::intake::NewView;
use crate::{
    Error, Result, Studio,
    ids::{AccountId, ContentId},
};

/// How long Redis is waited for.
const PATIENCE: Duration = Duration::from_millis(500);
/// How many minutes are shown.
const MINUTES: i64 = 60;
/// How many hours are shown.
const HOURS: i64 = 48;

/// The counters. Cheap to clone.
#[derive(Clone)]
pub struct Counters {
    redis: ConnectionManager,
    prefix: String,
}

/// How many views a minute or an hour had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// When it began.
    pub at: DateTime<Utc>,
    /// How many.
    pub views: i64,
}

/// The estimate.
#[derive(Debug, Clone)]
pub struct Realtime {
    /// The last hour by the minute, the oldest first.
    pub minutes: Vec<Moment>,
    /// The last two days by the hour, the oldest first.
    pub hours: Vec<Moment>,
    /// When the counters began, if that is within what is shown.
    pub counting_since: Option<DateTime<Utc>>,
}

impl Counters {
    /// Counts under `prefix`.
    pub fn new(redis: ConnectionManager, prefix: &str) -> Self {
        Self { redis, prefix: format!("{prefix}:views") }
    }

    /// Counts new views. What cannot be counted is only missing in an estimate.
    pub async fn count(&self, views: &[NewView]) {
        if views.is_empty() {
            return;
        }
        let pipeline = self.increments(views);
        let mut redis = self.redis.clone();
        match tokio::time::timeout(PATIENCE, pipeline.exec_async(&mut redis)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%error, "views are missing in the estimate"),
            Err(_) => tracing::debug!("views are missing in the estimate: Redis is too slow"),
        }
    }

    /// The views of a creator, or of one content of theirs.
    ///
    /// # Errors
    /// Redis is away.
    pub async fn read(
        &self,
        creator: AccountId,
        content: Option<ContentId>,
        now: DateTime<Utc>,
    ) -> Result<Realtime> {
        let field = content.map_or_else(|| TOTAL.to_owned(), |content| content.to_string());
        let minutes = begins(now, TimeDelta::minutes(1), MINUTES);
        let hours = begins(now, TimeDelta::hours(1), HOURS);
        let mut pipeline = redis::pipe();
        for at in &minutes {
            pipeline.hget(self.key(creator, 'm', *at), &field);
        }
        for at in &hours {
            pipeline.hget(self.key(creator, 'h', *at), &field);
        }
        pipeline.get(self.since_key());
        let mut redis = self.redis.clone();
        let asked = pipeline.query_async::<Vec<Option<i64>>>(&mut redis);
        let answer = tokio::time::timeout(PATIENCE, asked)
            .await
            .map_err(|slow| Error::unavailable(crate::Dependency::Redis, slow))??;
        let mut answer = answer.into_iter();
        let mut counted = |begins: Vec<DateTime<Utc>>| -> Vec<Moment> {
            let moment = |at| Moment { at, views: answer.next().flatten().unwrap_or(0) };
            begins.into_iter().map(moment).collect()
        };
        let (minutes, hours) = (counted(minutes), counted(hours));
        let since = answer.next().flatten().and_then(|s| DateTime::from_timestamp(s, 0));
        let shown_since = now - TimeDelta::hours(HOURS);
        Ok(Realtime { minutes, hours, counting_since: since.filter(|since| *since > shown_since) })
    }

    fn increments(&self, views: &[NewView]) -> redis::Pipeline {
        let mut counts: BTreeMap<(String, String), i64> = BTreeMap::new();
        for view in views {
            let at = view.moment.at();
            for unit in ['m', 'h'] {
                let key = self.key(view.creator, unit, at);
                for field in [TOTAL.to_owned(), view.content.to_string()] {
                    *counts.entry((key.clone(), field)).or_default() += 1;
                }
            }
        }
        let mut pipeline = redis::pipe();
        pipeline.set_nx(self.since_key(), Utc::now().timestamp()).ignore();
        for ((key, field), count) in counts {
            let keep = if key.contains(":m:") { 2 * 3600 } else { (HOURS + 2) * 3600 };
            pipeline.hincr(&key, field, count).ignore().expire(&key, keep).ignore();
        }
        pipeline
    }

    /// One key for each creator and moment; the braces keep a creator's keys on one node of a cluster.
    fn key(&self, creator: AccountId, unit: char, at: DateTime<Utc>) -> String {
        let begin = at.duration_trunc(length(unit)).unwrap_or(at).timestamp();
        format!("{}:{{{creator}}}:{unit}:{begin}", self.prefix)
    }

    fn since_key(&self) -> String {
        format!("{}:since", self.prefix)
    }
}

/// The field of all of a creator's contents together.
const TOTAL: &str = "all";

fn length(unit: char) -> TimeDelta {
    if unit == 'm' { TimeDelta::minutes(1) } else { TimeDelta::hours(1) }
}

/// The beginnings of the last `count` minutes or hours, this one included.
fn begins(now: DateTime<Utc>, length: TimeDelta, count: i64) -> Vec<DateTime<Utc>> {
    let this = now.duration_trunc(length).unwrap_or(now);
    (0..count)
        .rev()
        .filter_map(|back| this.checked_sub_signed(length * i32::try_from(back).ok()?))
        .collect()
}

/// Counts new views.
pub(super) async fn count(studio: &Studio, views: &[NewView]) {
    studio.counters.count(views).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_hour_ends_with_this_minute() {
        let now = "2026-11-22T14:05:30Z".parse().unwrap();
        let minutes = begins(now, TimeDelta::minutes(1), MINUTES);
        assert_eq!(minutes.len(), 60);
        assert_eq!(minutes[0].to_rfc3339(), "2026-11-22T13:06:00+00:00");
        assert_eq!(minutes[59].to_rfc3339(), "2026-11-22T14:05:00+00:00");
    }
}
