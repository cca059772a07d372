use jobs::{Failure, Step, StepOutput};
use studio::{
    Studio,
    analytics::rollup::{self, RollUpDay, Shard},
};

/// The shards that the run was started with.
pub async fn shards(step: Step<Studio, RollUpDay>) -> Result<Vec<Shard>, Failure> {
    Ok(step.input().shards.iter().map(|number| Shard { number: *number }).collect())
}

/// The figures of a shard, its watermark and the end of its item are one transaction.
pub async fn count(step: Step<Studio, RollUpDay, Shard>) -> Result<StepOutput, Failure> {
    let mut tx = step.state().db.begin().await?;
    let counted = rollup::count_shard(&mut tx, step.input().day, step.item().number).await?;
    let done = step.complete(&mut tx, &counted).await?;
    tx.commit().await?;
    Ok(done)
}
