use std::time::Duration;

use jobs::{Attempt, Failure, Job, Outcome, Policy, Queue, Tag, Unique};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Error, Studio,
    content::handoff::{self, Poll},
    queues,
};

/// Asks after a transcode until it is settled, should its webhook be lost.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PollTranscode {
    /// The hand-off.
    pub handoff: Uuid,
}

impl Job<Studio> for PollTranscode {
    const NAME: &'static str = "content.poll_transcode";
    const QUEUE: Queue = queues::CONTENT;
    const ABOUT: &'static str =
        "Asks the VOD service how far a transcode is, should its webhook be lost.";
    const RUNBOOK: &'static str = "ops/runbooks/poll_transcode.md";

    fn policy() -> Policy {
        Policy::attempts(20)
            .backoff(Duration::from_secs(5), Duration::from_mins(1))
            .timeout(Duration::from_mins(1))
    }

    fn unique(&self) -> Unique {
        Unique::by(self.handoff)
    }

    fn tags(&self) -> Vec<Tag> {
        vec![("handoff", self.handoff.to_string())]
    }

    async fn run(self, studio: &Studio, _: &Attempt) -> Result<Outcome, Failure> {
        let later = Outcome::snooze(Duration::from_secs(studio.config.vod.poll_seconds));
        match handoff::poll(studio, self.handoff).await {
            Ok(Poll::Settled) => Ok(Outcome::Done),
            Ok(Poll::Open) => Ok(later),
            // An outage is no failure of this job: it goes on asking until the hand-off's deadline.
            Err(error @ Error::Unavailable { .. }) => {
                tracing::warn!(handoff = %self.handoff, %error, "the VOD service does not answer");
                Ok(later)
            }
            Err(error) => Err(error.into()),
        }
    }
}
