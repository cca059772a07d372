use jobs::{Failure, Step, StepOutput};
use studio::{
    Studio,
    content::publishing::{self, PublishUpload},
};

/// Makes one object of the parts, in quarantine.
pub async fn assemble(step: Step<Studio, PublishUpload>) -> Result<StepOutput, Failure> {
    publishing::assemble(step.state(), step.input()).await?;
    Ok(StepOutput::none())
}
