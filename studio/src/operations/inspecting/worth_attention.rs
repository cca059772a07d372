//! What a person should look at, worst first.

use ::jobs::inspect::{DeadJobs, FailedRuns, QueueView, SessionView};
use chrono::{DateTime, Utc};

use super::is_silent;
use crate::operations::health::{self, Reading};

/// From how many seconds on a due job is late enough for people to feel it.
const LATE_SECONDS: i64 = 60;

/// How much something hurts. The order is that of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// People wait or lose something now.
    Bad,
    /// It will hurt if nobody looks.
    Warning,
}

/// Where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A server behind the product.
    Dependency(&'static str),
    /// A queue.
    Queue(String),
    /// A job by its id; the others are of the same name.
    Job(String),
    /// A run by its id; the others failed at the same step.
    Run(String),
    /// A process that runs jobs.
    Worker(String),
}

/// One thing that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    /// How much it hurts.
    pub harm: Harm,
    /// What is the matter, in a sentence.
    pub sentence: String,
    /// Where to look.
    pub subject: Subject,
    /// Since when, or when it last happened.
    pub since: DateTime<Utc>,
    /// How many there are of it.
    pub count: i64,
}

/// What is known when the list is made.
pub(super) struct Facts<'a> {
    pub now: DateTime<Utc>,
    pub dependencies: &'a [Reading],
    pub queues: &'a [QueueView],
    pub dead: &'a [DeadJobs],
    pub failed: &'a [FailedRuns],
    pub workers: &'a [SessionView],
}

impl Facts<'_> {
    /// The list: what hurts now first, and of that what hurts longest.
    pub fn worth_attention(&self) -> Vec<Attention> {
        let late = self.queues.iter().filter_map(|queue| late(queue, self.now));
        let down = self.dependencies.iter().filter_map(down);
        let failed = self.failed.iter().map(failed);
        let dead = self.dead.iter().map(dead);
        let silent = self.workers.iter().filter_map(silent);
        let paused = self.queues.iter().filter_map(paused);
        let mut all: Vec<_> =
            down.chain(late).chain(failed).chain(dead).chain(silent).chain(paused).collect();
        all.extend(self.nobody_works());
        // Stable: of equal harm and age, the order above.
        all.sort_by_key(|item| (item.harm, item.since));
        all
    }

    fn nobody_works(&self) -> Option<Attention> {
        let due = self.queues.iter().find(|queue| queue.available > 0)?;
        let nobody = self.workers.iter().all(|worker| worker.ended_at.is_some());
        nobody.then(|| Attention {
            harm: Harm::Bad,
            sentence: "Jobs are due and no worker is alive.".to_owned(),
            subject: Subject::Queue(due.queue.clone()),
            since: due.oldest_due_at.unwrap_or(self.now),
            count: self.queues.iter().map(|queue| queue.available).sum(),
        })
    }
}

fn late(queue: &QueueView, now: DateTime<Utc>) -> Option<Attention> {
    let since = queue.oldest_due_at.filter(|_| queue.paused_at.is_none())?;
    let seconds = (now - since).num_seconds();
    (seconds >= LATE_SECONDS).then(|| Attention {
        harm: Harm::Bad,
        sentence: format!("The oldest due job of `{}` waits for {}.", queue.queue, span(seconds)),
        subject: Subject::Queue(queue.queue.clone()),
        since,
        count: queue.available,
    })
}

fn down(reading: &Reading) -> Option<Attention> {
    let problem = reading.problem.as_deref()?;
    let name = reading.dependency.name();
    let required = health::is_required(reading.dependency);
    Some(Attention {
        harm: if required { Harm::Bad } else { Harm::Warning },
        sentence: format!("`{name}` does not answer: {}.", problem.trim_end_matches('.')),
        subject: Subject::Dependency(name),
        since: reading.since,
        count: 1,
    })
}

fn failed(runs: &FailedRuns) -> Attention {
    let step = runs.step.as_deref().unwrap_or("its first step");
    let what = if runs.count == 1 { "run".to_owned() } else { format!("{} runs", runs.count) };
    Attention {
        harm: Harm::Bad,
        sentence: format!("{} failed at `{step}` of `{}`.", capital(&what), runs.workflow),
        subject: Subject::Run(runs.latest.to_string()),
        since: runs.latest_at,
        count: runs.count,
    }
}

fn dead(jobs: &DeadJobs) -> Attention {
    let what = if jobs.count == 1 { "1 job".to_owned() } else { format!("{} jobs", jobs.count) };
    Attention {
        harm: Harm::Bad,
        sentence: format!("{what} `{}` gave up.", jobs.name),
        subject: Subject::Job(jobs.latest.to_string()),
        since: jobs.latest_at,
        count: jobs.count,
    }
}

fn silent(worker: &SessionView) -> Option<Attention> {
    is_silent(worker).then(|| Attention {
        harm: Harm::Warning,
        sentence: format!(
            "Worker `{}` says nothing for {}.",
            worker.process,
            span(i64::try_from(worker.silent_for.as_secs()).unwrap_or(i64::MAX))
        ),
        subject: Subject::Worker(worker.process.clone()),
        since: worker.seen_at,
        count: worker.running,
    })
}

fn paused(queue: &QueueView) -> Option<Attention> {
    queue.paused_at.map(|since| Attention {
        harm: Harm::Warning,
        sentence: format!("Queue `{}` is paused.", queue.queue),
        subject: Subject::Queue(queue.queue.clone()),
        since,
        count: queue.available,
    })
}

fn span(seconds: i64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        _ => format!("{} h", seconds / 3600),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
