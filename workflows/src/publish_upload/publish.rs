use jobs::{Failure, Step, StepOutput};
use serde_json::Value;
use studio::{
    Studio,
    content::publishing::{self, PublishUpload, StoredRenditions, outcome},
    queues,
};

/// From here on the content can be played.
pub async fn publish(step: Step<Studio, PublishUpload>) -> Result<StepOutput, Failure> {
    let studio = step.state();
    let stored: StoredRenditions = step.output("store_renditions")?;
    let mut tx = studio.db.begin().await?;
    publishing::accept(&mut tx, step.input(), &stored).await?;
    let done = step.complete(&mut tx, &Value::Null).await?;
    tx.commit().await?;

    outcome::count(outcome::SUCCEEDED);
    studio.live.announce(step.input().owner);
    studio.waker.wake(queues::CONTENT);
    Ok(done)
}
