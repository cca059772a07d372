//! Forgets what proves nothing any more: mailed tokens that are used or too old, answers to requests that
//! nobody repeats after a month.

use jobs::{Attempt, Failure, Job, Outcome, Policy, Queue, Unique};
use serde::{Deserialize, Serialize};

use crate::{Studio, queues};

/// Every night. A million rows at once would hold others up, so at most so many at a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetOldProofs {}

const AT_ONCE: i64 = 5_000;

impl Job<Studio> for ForgetOldProofs {
    const NAME: &'static str = "accounts.forget_old_proofs";
    const QUEUE: Queue = queues::CONTENT;
    const ABOUT: &'static str =
        "Forgets mailed tokens that are used or expired and saved answers older than 30 days.";
    const RUNBOOK: &'static str = "ops/runbooks/forget_old_proofs.md";

    fn policy() -> Policy {
        Policy::attempts(3)
    }

    fn unique(&self) -> Unique {
        Unique::by("all")
    }

    async fn run(self, studio: &Studio, attempt: &Attempt) -> Result<Outcome, Failure> {
        loop {
            let tokens = sqlx::query!(
                "delete from mailed_tokens where hash in (
                    select hash from mailed_tokens
                    where expires_at < jobs.now() - interval '1 day' limit $1)",
                AT_ONCE,
            );
            let answers = sqlx::query!(
                "delete from idempotency_keys where (account_id, key) in (
                    select account_id, key from idempotency_keys
                    where created_at < jobs.now() - interval '30 days' limit $1)",
                AT_ONCE,
            );
            let forgotten = tokens.execute(&studio.db).await?.rows_affected()
                + answers.execute(&studio.db).await?.rows_affected();
            if forgotten == 0 {
                return Ok(Outcome::Done);
            }
            tracing::info!(forgotten, job = %attempt.job_id(), "forgot old proofs");
        }
    }
}
