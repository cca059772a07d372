//! `publish_upload`: from "all parts are there" to a content that can be played, and its creator told.

mod assemble;
mod check_parts;
mod hand_off;
mod inspect;
mod notify;
mod probe;
mod publish;
mod store_renditions;

use std::time::Duration;

use futures::future::BoxFuture;
use jobs::{Failed, Failure, Policy, Workflow};
use sqlx::PgConnection;
use studio::{
    Studio,
    content::publishing::{self, PublishUpload, TRANSCODED},
};

/// How long the VOD service may take. A shorter deadline can be configured; the poll enforces it.
const TRANSCODING: Duration = Duration::from_hours(6);

/// The steps, in order.
pub fn publish_upload() -> Workflow<Studio, PublishUpload> {
    Workflow::new()
        .step("check_parts", check_parts::check_parts)
        .step("assemble", assemble::assemble)
        .policy(moving(Duration::from_hours(1)))
        .step("inspect", inspect::inspect)
        .policy(moving(Duration::from_hours(6)))
        .step("probe", probe::probe)
        .step("hand_off", hand_off::hand_off)
        .wait_for(TRANSCODED, TRANSCODING)
        .step("store_renditions", store_renditions::store_renditions)
        .policy(moving(Duration::from_hours(6)))
        .step("publish", publish::publish)
        .step("notify", notify::notify)
        .on_failed(say_why)
}

/// For steps that move whole files: few attempts, each of which may take long.
fn moving(timeout: Duration) -> Policy {
    Policy::attempts(5).backoff(Duration::from_secs(2), Duration::from_mins(2)).timeout(timeout)
}

fn say_why(
    tx: &mut PgConnection,
    failed: Failed<Studio, PublishUpload>,
) -> BoxFuture<'_, Result<(), Failure>> {
    Box::pin(async move {
        let code = failed.code.as_deref();
        Ok(publishing::fail(tx, &failed.input, &failed.step, code, &failed.error).await?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_steps_are_those_that_other_parts_name() {
        assert_eq!(
            publish_upload().step_names(),
            [
                "check_parts",
                "assemble",
                "inspect",
                "probe",
                "hand_off",
                "transcoded",
                "store_renditions",
                "publish",
                "notify"
            ]
        );
    }
}
