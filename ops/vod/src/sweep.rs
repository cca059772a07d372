//! Looks after time: deadlines, and results that nobody will fetch any more.

use std::{io, sync::Arc, time::Duration};

use chrono::Utc;
use tokio::time::{MissedTickBehavior, interval};

use crate::{
    service::Service,
    transcode::{Failure, Transcode},
};

/// Sweeps once a second, for ever.
pub async fn sweep(service: Arc<Service>) {
    let mut tick = interval(Duration::from_secs(1));
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        for swept in [fail_overdue(&service).await, forget_old(&service).await] {
            if let Err(error) = swept {
                tracing::error!(%error, "the data folder cannot be swept");
            }
        }
    }
}

async fn fail_overdue(service: &Arc<Service>) -> io::Result<()> {
    let now = Utc::now();
    for overdue in service.records.list(|one| one.is_overdue(now)).await {
        let message = format!("not done by {}", overdue.order.deadline);
        service.fail(&overdue.id, Failure::new("deadline_exceeded", message, true)).await?;
    }
    Ok(())
}

/// Forgets transcodes that ended long ago and of whose end the client has heard.
async fn forget_old(service: &Service) -> io::Result<()> {
    let now = Utc::now();
    let keep = service.settings.keep();
    let is_old = |one: &Transcode| {
        let heard = one.announcement.as_ref().is_none_or(|announcement| announcement.settled);
        let age = one.finished_at.and_then(|at| (now - at).to_std().ok());
        heard && age.is_some_and(|age| age > keep)
    };
    for old in service.records.list(is_old).await {
        match tokio::fs::remove_dir_all(service.results.of(&old.id)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => service.records.remove(&old.id).await?,
        }
    }
    Ok(())
}
