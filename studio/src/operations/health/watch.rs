//! [`Watch`]: what was last seen of each server, asked again when it is no longer fresh.

use std::{
    convert::Infallible,
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use futures::future::join_all;

use super::{is_configured, probes};
use crate::{Dependency, Studio, operations::fresh::Fresh};

/// How long a reading is good: many askers cost the servers no more than one.
const FRESH: Duration = Duration::from_secs(2);
/// After how long without an answer a server counts as down.
const PATIENCE: Duration = Duration::from_secs(2);

/// What was seen of one server.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Which server.
    pub dependency: Dependency,
    /// How long it took to answer, or to be given up.
    pub latency: Duration,
    /// Since when this process has seen it in this state.
    pub since: DateTime<Utc>,
    /// What its client said, when it did not answer. For staff, not for the public.
    pub problem: Option<String>,
}

impl Reading {
    /// Whether it answered.
    pub const fn is_up(&self) -> bool {
        self.problem.is_none()
    }
}

/// A line for people: `redis: up (1 ms)`.
impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, milliseconds) = (self.dependency.name(), self.latency.as_millis());
        match &self.problem {
            None => write!(f, "{name}: up ({milliseconds} ms)"),
            Some(problem) => write!(f, "{name}: down ({problem})"),
        }
    }
}

/// Asks every server now.
pub async fn probe_all(studio: &Studio) -> Vec<Reading> {
    Watch::new(studio.clone()).readings().await
}

/// The last readings of all servers. Cheap to clone; clones share what was read.
#[derive(Clone)]
pub struct Watch {
    studio: Studio,
    last: Arc<Fresh<Vec<Reading>>>,
}

impl Watch {
    /// Watches the servers of this process.
    pub fn new(studio: Studio) -> Self {
        Self { studio, last: Arc::new(Fresh::new(FRESH)) }
    }

    /// A reading of each server, at most two seconds old. All are asked at once, and each is given
    /// two seconds.
    pub async fn readings(&self) -> Vec<Reading> {
        let Ok(readings) =
            self.last.get(async |before| Ok::<_, Infallible>(self.ask(before).await)).await;
        readings
    }

    async fn ask(&self, before: Option<&Vec<Reading>>) -> Vec<Reading> {
        let before = before.map_or(&[][..], Vec::as_slice);
        let asked = Dependency::ALL.into_iter().filter(|d| is_configured(&self.studio, *d));
        let readings = join_all(asked.map(|dependency| self.read(dependency, before))).await;
        readings.iter().for_each(gauge);
        readings
    }

    async fn read(&self, dependency: Dependency, before: &[Reading]) -> Reading {
        let begun = Instant::now();
        let answer = tokio::time::timeout(PATIENCE, probes::probe(&self.studio, dependency)).await;
        let problem = match answer {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(chain(&error)),
            Err(_) => Some(format!("no answer within {} s", PATIENCE.as_secs())),
        };
        let up = problem.is_none();
        let known = before.iter().find(|reading| reading.dependency == dependency);
        let since =
            known.filter(|reading| reading.is_up() == up).map_or_else(Utc::now, |r| r.since);
        report(dependency, known.map(Reading::is_up), problem.as_deref());
        Reading { dependency, latency: begun.elapsed(), since, problem }
    }
}

/// Logs a server that went away or came back, once.
fn report(dependency: Dependency, was_up: Option<bool>, problem: Option<&str>) {
    let dependency = dependency.name();
    match (was_up, problem) {
        (Some(true) | None, Some(problem)) => {
            tracing::warn!(dependency, problem, "a server does not answer");
        }
        (Some(false), None) => tracing::info!(dependency, "a server answers again"),
        _ => {}
    }
}

fn gauge(reading: &Reading) {
    let name = reading.dependency.name();
    metrics::gauge!("creator_studio_dependency_up", "dependency" => name).set(if reading.is_up() {
        1.0
    } else {
        0.0
    });
    metrics::gauge!("creator_studio_dependency_latency_seconds", "dependency" => name)
        .set(reading.latency.as_secs_f64());
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
