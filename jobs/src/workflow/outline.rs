//! What of a workflow's definition is needed to move a run on: no code, no types.

use std::time::Duration;

use crate::Policy;

#[derive(Debug, Clone)]
pub(crate) struct Outline {
    pub job_name: String,
    pub steps: Vec<StepOutline>,
}

#[derive(Debug, Clone)]
pub(crate) struct StepOutline {
    pub name: &'static str,
    pub queue: &'static str,
    pub policy: Policy,
    pub kind: Kind,
}

/// What becomes of a step when its turn comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One job does it.
    Work,
    /// It is over when its signal comes, or its deadline.
    Wait(Duration),
    /// One job decides its items, and a job for each item does it.
    FanOut,
}

impl Kind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Wait(_) => "wait",
            Self::FanOut => "fan_out",
        }
    }
}

impl Outline {
    pub fn step(&self, name: &str) -> Option<&StepOutline> {
        self.steps.iter().find(|step| step.name == name)
    }

    /// The step that a job is about: a run's first job names none.
    pub fn step_or_first(&self, name: Option<&str>) -> Option<&StepOutline> {
        match name {
            Some(name) => self.step(name),
            None => self.steps.first(),
        }
    }
}
