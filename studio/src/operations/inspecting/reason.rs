//! Why a job is where it is: what somebody wants to know who waits for it.

use std::{fmt, time::Duration};

use ::jobs::inspect::{JobState, JobView, QueueView, SessionView};
use chrono::{DateTime, SecondsFormat, Utc};

/// Why a job is where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It is due and waits for a slot.
    Due {
        /// How many due jobs the queue has, this one among them.
        due: i64,
    },
    /// Nobody fetches from its queue.
    QueuePaused {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// No worker is alive that could run it.
    NoWorker,
    /// Its time has not come.
    Later {
        /// When it comes.
        at: DateTime<Utc>,
    },
    /// It is under way.
    Running {
        /// Which attempt.
        attempt: i32,
        /// Of how many.
        of: i32,
        /// Where.
        worker: Option<String>,
    },
    /// It failed and will be tried again.
    Retrying {
        /// How many attempts failed.
        failed: i32,
        /// Of how many.
        of: i32,
        /// When the next one comes.
        next: DateTime<Utc>,
    },
    /// It is done.
    Completed {
        /// How long its last attempt took.
        took: Option<Duration>,
    },
    /// It was given up.
    Dead {
        /// How many attempts were made.
        attempts: i32,
        /// Of how many; fewer when trying again could not help.
        of: i32,
    },
    /// Somebody cancelled it.
    Cancelled,
}

impl Reason {
    pub(super) fn of_job(job: &JobView, queues: &[QueueView], workers: &[SessionView]) -> Self {
        match job.state {
            JobState::Available => due(job, queues, workers),
            JobState::Scheduled => Self::Later { at: job.run_at },
            JobState::Running => Self::Running {
                attempt: job.attempt,
                of: job.attempts_allowed,
                worker: job.worker.clone(),
            },
            JobState::Retrying => {
                Self::Retrying { failed: job.attempt, of: job.attempts_allowed, next: job.run_at }
            }
            JobState::Completed => Self::Completed {
                took: job.finished_at.zip(job.started_at).and_then(|(e, s)| (e - s).to_std().ok()),
            },
            JobState::Dead => Self::Dead { attempts: job.attempt, of: job.attempts_allowed },
            JobState::Cancelled => Self::Cancelled,
        }
    }
}

fn due(job: &JobView, queues: &[QueueView], workers: &[SessionView]) -> Reason {
    let queue = queues.iter().find(|queue| queue.queue == job.queue);
    if let Some(since) = queue.and_then(|queue| queue.paused_at) {
        return Reason::QueuePaused { since };
    }
    if workers.iter().all(|worker| worker.ended_at.is_some()) {
        return Reason::NoWorker;
    }
    Reason::Due { due: queue.map_or(1, |queue| queue.available) }
}

/// The sentence for staff.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Due { due: 1 } => write!(f, "Due, and next in its queue."),
            Self::Due { due } => write!(f, "Due, one of {due} in its queue that wait for a slot."),
            Self::QueuePaused { since } => write!(f, "Its queue is paused since {}.", at(since)),
            Self::NoWorker => write!(f, "Due, but no worker is alive."),
            Self::Later { at: when } => write!(f, "Starts at {}.", at(when)),
            Self::Running { attempt, of, worker: Some(worker) } => {
                write!(f, "Attempt {attempt} of {of} runs on {worker}.")
            }
            Self::Running { attempt, of, worker: None } => {
                write!(f, "Attempt {attempt} of {of} runs.")
            }
            Self::Retrying { failed, of, next } => {
                write!(f, "{failed} of {of} attempts failed. The next comes at {}.", at(next))
            }
            Self::Completed { took: Some(took) } => {
                write!(f, "Done in {:.1} s.", took.as_secs_f64())
            }
            Self::Completed { took: None } => write!(f, "Done."),
            Self::Dead { attempts, of } if attempts < of => {
                write!(f, "Given up after {attempts} of {of} attempts: trying again cannot help.")
            }
            Self::Dead { of, .. } => write!(f, "All {of} attempts failed. It needs a person."),
            Self::Cancelled => write!(f, "Cancelled."),
        }
    }
}

fn at(when: &DateTime<Utc>) -> String {
    when.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_job_says_whether_its_attempts_ran_out() {
        let tried = Reason::Dead { attempts: 8, of: 8 }.to_string();
        assert_eq!(tried, "All 8 attempts failed. It needs a person.");
        let hopeless = Reason::Dead { attempts: 1, of: 8 }.to_string();
        assert_eq!(hopeless, "Given up after 1 of 8 attempts: trying again cannot help.");
    }
}
