use jobs::{Failure, Step, StepOutput};
use studio::{
    Studio,
    content::publishing::{self, PublishUpload},
};

/// Compares what arrived with what was declared.
pub async fn check_parts(step: Step<Studio, PublishUpload>) -> Result<StepOutput, Failure> {
    publishing::check_parts(step.state(), step.input()).await?;
    Ok(StepOutput::none())
}
