//! The end of a wait: its signal has come, or its deadline.

use sqlx::{PgConnection, query};

use super::{advance, outline::Outline, store};
use crate::{
    RunId,
    finish::{self, Ending, Held},
};

/// What a wait's timer found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The run has moved on, and the timer's job is finished.
    MovedOn,
    /// It is too early, and no signal has come.
    NotYet(chrono::DateTime<chrono::Utc>),
    /// The deadline has passed without a signal. The run's row is locked.
    TimedOut,
    /// The timer's job is no longer this attempt's.
    Fenced,
}

/// Looks at a wait under the run's lock, and moves the run on if it can.
pub(super) async fn look(
    tx: &mut PgConnection,
    held: &Held,
    run: RunId,
    step: &str,
    outline: &Outline,
) -> Result<Found, sqlx::Error> {
    let Some(locked) = store::lock_run(tx, run).await? else { return Ok(Found::Fenced) };
    let wait = query!(
        r#"select state, deadline_at, deadline_at <= jobs.now() as over, job = $3 as "mine!"
        from jobs.step where run = $1 and name = $2"#,
        run.0,
        step,
        held.job.0
    )
    .fetch_optional(&mut *tx)
    .await?;
    let waiting = wait.filter(|wait| wait.state == "waiting" && wait.mine);
    if let Some(wait) = &waiting {
        match store::take_signal(tx, run, step).await? {
            Some(payload) => store::mark_completed(tx, run, step, &payload).await?,
            None if wait.over == Some(true) => return Ok(Found::TimedOut),
            None => return Ok(Found::NotYet(wait.deadline_at.unwrap_or_default())),
        }
    }
    if !finish::one(tx, held, &Ending::completed()).await? {
        return Ok(Found::Fenced);
    }
    // Without a waiting row, this job was sent by staff to come back to the wait, or is stale.
    if waiting.is_some() || locked.state == "running" {
        advance::onward(tx, run, &locked, outline).await?;
    }
    Ok(Found::MovedOn)
}
