use jobs::{Failure, Step, StepOutput};
use studio::{
    Studio,
    analytics::rollup::{self, RollUpDay},
};

/// The planner has to know how large the day is.
pub async fn prepare(step: Step<Studio, RollUpDay>) -> Result<StepOutput, Failure> {
    let mut db = step.state().db.acquire().await?;
    rollup::prepare(&mut db, step.input().day).await?;
    Ok(StepOutput::none())
}
