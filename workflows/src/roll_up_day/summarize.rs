use jobs::{Failure, Step, StepOutput};
use serde_json::Value;
use studio::{
    Studio,
    analytics::rollup::{self, Counted, RollUpDay},
};

/// The business figures, and what the shards found together.
pub async fn summarize(step: Step<Studio, RollUpDay>) -> Result<StepOutput, Failure> {
    let counted: Vec<(String, Counted)> = step.outputs_of("count")?;
    let mut tx = step.state().db.begin().await?;
    rollup::summarize(&mut tx, step.input().day).await?;
    let done = step.complete(&mut tx, &Value::Null).await?;
    tx.commit().await?;

    let events: i64 = counted.iter().map(|(_, shard)| shard.events).sum();
    let set_aside: i64 = counted.iter().map(|(_, shard)| shard.set_aside).sum();
    tracing::info!(day = %step.input().day, events, set_aside, "a day is counted");
    Ok(done)
}
