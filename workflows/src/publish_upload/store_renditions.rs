use jobs::{Failure, Step, StepOutput};
use studio::{
    Studio,
    content::{
        handoff::Settled,
        publishing::{self, PublishUpload, TRANSCODED},
    },
};

/// Copies what the VOD service made into our bucket, and checks it on the way.
pub async fn store_renditions(step: Step<Studio, PublishUpload>) -> Result<StepOutput, Failure> {
    let settled: Settled = step.output(TRANSCODED)?;
    let (stored, renditions) =
        publishing::store_renditions(step.state(), step.input(), &settled).await?;

    let studio = step.state();
    let mut tx = studio.db.begin().await?;
    publishing::keep_renditions(studio, &mut tx, step.input(), settled.handoff, &renditions)
        .await?;
    let done = step.complete(&mut tx, &stored).await?;
    tx.commit().await?;
    Ok(done)
}
