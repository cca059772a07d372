use jobs::{Failure, Step, StepOutput};
use studio::{
    Studio,
    content::publishing::{self, PublishUpload},
};

/// Reads the whole file once: size, SHA-256, media type by its bytes.
pub async fn inspect(step: Step<Studio, PublishUpload>) -> Result<StepOutput, Failure> {
    let proof = publishing::inspect(step.state(), step.input()).await?;
    let mut tx = step.state().db.begin().await?;
    publishing::keep_proof(&mut tx, step.input(), &proof).await?;
    let done = step.complete(&mut tx, &proof).await?;
    tx.commit().await?;
    Ok(done)
}
