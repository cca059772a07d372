//! Progress from the work to the record and the client, without holding up the work.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;

use crate::{service::Service, transcode::Transcode, webhooks};

/// The least time between two webhooks of one transcode.
const PAUSE: Duration = Duration::from_secs(1);

/// Where the work says how far it is.
#[derive(Clone)]
pub(super) struct Progress(watch::Sender<u8>);

impl Progress {
    /// Starts to follow `transcode`; it ends when the last handle is dropped.
    pub fn follow(
        service: &Arc<Service>,
        transcode: &Transcode,
    ) -> (Self, impl Future<Output = ()>) {
        let (sender, receiver) = watch::channel(0);
        (Self(sender), tell(Arc::clone(service), transcode.id.clone(), receiver))
    }

    /// `share` of the stretch from `from` to `to` percent is done.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=100 before"
    )]
    pub fn at(&self, from: u8, to: u8, share: f64) {
        let (from, to) = (f64::from(from), f64::from(to));
        let percent = (from + (to - from) * share).clamp(0.0, 100.0) as u8;
        self.0.send_if_modified(|known| {
            let grows = percent > *known;
            *known = percent.max(*known);
            grows
        });
    }
}

async fn tell(service: Arc<Service>, id: String, mut percent: watch::Receiver<u8>) {
    loop {
        let now = *percent.borrow_and_update();
        service.records.note_progress(&id, now).await;
        if let Some(transcode) = service.records.find(&id).await {
            webhooks::tell_progress(&service, &transcode).await;
        }
        let pause = tokio::time::Instant::now() + PAUSE;
        loop {
            tokio::select! {
                changed = percent.changed() => match changed {
                    Ok(()) => {
                        let now = *percent.borrow();
                        service.records.note_progress(&id, now).await;
                    }
                    Err(_) => return,
                },
                () = tokio::time::sleep_until(pause) => break,
            }
        }
        // Nothing new since the last webhook: wait for it.
        if now == *percent.borrow() && percent.changed().await.is_err() {
            return;
        }
    }
}
