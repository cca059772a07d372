use jobs::{Failure, Step, StepOutput};
use studio::{
    Studio,
    content::publishing::{self, Probed, PublishUpload},
    queues,
};

/// Gives the original to the VOD service, under an id that is stored before the call.
pub async fn hand_off(step: Step<Studio, PublishUpload>) -> Result<StepOutput, Failure> {
    let studio = step.state();
    let found: Probed = step.output("probe")?;
    let handoff = publishing::open_handoff(studio, step.input(), step.run_id()).await?;
    let transcode = publishing::hand_over(studio, step.input(), &handoff, found.kind).await?;

    let mut tx = studio.db.begin().await?;
    publishing::taken(studio, &mut tx, &handoff, &transcode).await?;
    let done = step.complete(&mut tx, &handoff.id).await?;
    tx.commit().await?;
    studio.waker.wake(queues::CONTENT);
    Ok(done)
}
