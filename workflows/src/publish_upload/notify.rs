use jobs::{Failure, Step, StepOutput};
use serde_json::Value;
use studio::{
    Studio,
    content::publishing::{self, PublishUpload},
    queues,
};

/// Tells the creator, in the portal and by mail.
pub async fn notify(step: Step<Studio, PublishUpload>) -> Result<StepOutput, Failure> {
    let studio = step.state();
    let title = publishing::title(studio, step.input()).await?;
    let mut tx = studio.db.begin().await?;
    publishing::tell_creator(&mut tx, step.input(), &title).await?;
    let done = step.complete(&mut tx, &Value::Null).await?;
    tx.commit().await?;
    studio.live.announce(step.input().owner);
    studio.waker.wake(queues::MAIL);
    Ok(done)
}
