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
    /// The deadline of a wait; `None` for work.
    pub wait: Option<Duration>,
}

impl StepOutline {
    pub fn kind(&self) -> &'static str {
        if self.wait.is_some() { "wait" } else { "work" }
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
