use serde::{Serialize, de::DeserializeOwned};

use crate::{Policy, Queue, Tag};

/// What a workflow run is started with, and who it is.
pub trait WorkflowInput: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The workflow's stable name.
    const NAME: &'static str;
    /// Raise it when steps are added, removed, renamed or change what they hand on; keep the old
    /// version in the catalogue until its runs have ended.
    const VERSION: u32;
    /// Where its steps wait, unless a step says otherwise.
    const QUEUE: Queue;
    /// What it does, in one sentence for staff.
    const ABOUT: &'static str;
    /// The page that says what to do when a run has failed, from the repository's root.
    const RUNBOOK: &'static str;

    /// The thing that the run is about, such as an upload's id. Staff search by it.
    fn subject(&self) -> String;

    /// What staff can find it by.
    fn tags(&self) -> Vec<Tag> {
        Vec::new()
    }

    /// How its steps treat failure, unless a step says otherwise.
    fn policy() -> Policy {
        Policy::default()
    }
}
