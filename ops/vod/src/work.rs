//! Does the transcodes, oldest first.

mod fetch;
mod produce;
mod progress;

use std::{io, sync::Arc};

use chrono::Utc;

use crate::{
    service::Service,
    transcode::{Failure, Transcode},
    webhooks,
};

/// Takes up one transcode after the other, for ever. Run it once for each that may run at a time.
pub async fn work(service: Arc<Service>) {
    loop {
        if let Err(error) = work_until_idle(&service).await {
            tracing::error!(%error, "the data folder cannot be used; trying again in 5 s");
            tokio::time::sleep(std::time::Duration::from_secs(5)).await;
            continue;
        }
        service.work.notified().await;
    }
}

async fn work_until_idle(service: &Arc<Service>) -> io::Result<()> {
    while let Some(transcode) = service.records.claim(|one| one.start(Utc::now())).await? {
        do_one(service, transcode).await?;
    }
    Ok(())
}

async fn do_one(service: &Arc<Service>, transcode: Transcode) -> io::Result<()> {
    let id = transcode.id.clone();
    tracing::info!(
        id,
        reference = transcode.order.reference,
        start = transcode.starts,
        "transcoding"
    );
    let folder = service.work_folder().join(&id);
    let stopped = service.begin(&id);
    let outcome = tokio::select! {
        outcome = produce::produce(service, &transcode, &folder) => outcome.map(Some),
        // Whoever stopped it has recorded why. Dropping the work kills its ffmpeg.
        () = stopped.cancelled() => Ok(None),
    };
    service.end(&id);
    match outcome {
        Ok(Some(output)) => {
            if service.records.change(&id, |one| one.complete(output, Utc::now())).await?
                == Some(true)
            {
                tracing::info!(id, "transcode completed");
                webhooks::announce(service, id.clone());
            }
        }
        Ok(None) => {}
        Err(failure) => service.fail(&id, failure).await?,
    }
    match tokio::fs::remove_dir_all(&folder).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl From<media::MediaError> for Failure {
    fn from(error: media::MediaError) -> Self {
        Self::new(error.code(), error.to_string(), error.is_transient())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new("service_error", format!("the service's disk failed: {error}"), true)
    }
}
