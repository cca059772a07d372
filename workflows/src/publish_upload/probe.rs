use jobs::{Failure, Step, StepOutput};
use studio::{
    Studio,
    content::publishing::{self, PublishUpload},
};

/// Finds out what can be seen and heard, and for how long.
pub async fn probe(step: Step<Studio, PublishUpload>) -> Result<StepOutput, Failure> {
    let found = publishing::probe(step.state(), step.input()).await?;
    let mut tx = step.state().db.begin().await?;
    publishing::keep_facts(&mut tx, step.input(), &found).await?;
    let done = step.complete(&mut tx, &found).await?;
    tx.commit().await?;
    Ok(done)
}
