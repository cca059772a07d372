//! [`Reporter`]: says how a stream does, in the log when that changes, and in Postgres all the time.

use std::time::{Duration, Instant};

use studio::{
    Studio,
    streams::{Report, Stream, report},
};

/// How old a report may get.
pub(super) const EVERY: Duration = Duration::from_secs(5);

/// What was last said of a stream.
pub(super) struct Reporter<'a> {
    studio: &'a Studio,
    stream: Stream,
    last: Option<(Instant, Option<String>)>,
}

impl<'a> Reporter<'a> {
    /// Has said nothing yet.
    pub const fn of(studio: &'a Studio, stream: Stream) -> Self {
        Self { studio, stream, last: None }
    }

    /// Whether it is time for another report.
    pub fn is_due(&self) -> bool {
        self.last.as_ref().is_none_or(|(at, _)| at.elapsed() >= EVERY)
    }

    /// It flows.
    pub async fn flows(&mut self, waiting_messages: Option<i64>) {
        if self.stood() {
            tracing::info!(stream = self.stream.name(), "the stream flows");
        }
        self.say(Report { problem: None, waiting_messages }).await;
    }

    /// Something keeps it from flowing.
    pub async fn stands(&mut self, problem: String) {
        if !self.stood() {
            tracing::warn!(stream = self.stream.name(), problem, "the stream stands still");
        }
        self.say(Report { problem: Some(problem), waiting_messages: None }).await;
    }

    fn stood(&self) -> bool {
        self.last.as_ref().is_some_and(|(_, problem)| problem.is_some())
    }

    /// A report that cannot be left grows old, which says the same.
    async fn say(&mut self, said: Report) {
        let changed = self.last.as_ref().is_none_or(|(_, problem)| *problem != said.problem);
        if !changed && !self.is_due() {
            return;
        }
        if let Err(error) = report(self.studio, self.stream, &said).await {
            tracing::debug!(%error, "the report of a stream could not be left");
        }
        self.last = Some((Instant::now(), said.problem));
    }
}

/// An error with its causes.
pub(super) fn words(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
