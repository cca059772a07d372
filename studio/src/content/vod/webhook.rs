//! Webhooks of the VOD service: forged, old and repeated ones change nothing.

use chrono::Utc;
use secrecy::ExposeSecret;

use super::{messages::Event, signature};
use crate::{
    Result, Studio,
    content::{handoff, handoff_store, refusals},
};

/// The name under which its webhooks are remembered.
const SENDER: &str = "vod";

/// Acts upon a webhook, once.
///
/// # Errors
/// `webhook.bad_signature`, `webhook.out_of_time`, `webhook.unreadable`, `webhook.unknown_reference`.
pub async fn receive(studio: &Studio, header: &str, body: &[u8]) -> Result<()> {
    let secret = studio.config.vod.secret.expose_secret();
    signature::verify(secret.as_bytes(), Utc::now(), header, body)?;
    let event: Event = serde_json::from_slice(body)
        .map_err(|e| refusals::WEBHOOK_UNREADABLE.because(e.to_string()))?;

    let mut tx = studio.db.begin().await?;
    if !handoff_store::remember_webhook(&mut tx, SENDER, &event.event_id).await? {
        return Ok(());
    }
    let handoff = handoff_store::lock(&mut tx, event.transcode.reference).await?;
    let handoff = handoff.ok_or_else(|| refusals::WEBHOOK_UNKNOWN_REFERENCE.refuse())?;
    let news = handoff::take_report(&mut tx, &handoff, &event.transcode).await?;
    tx.commit().await?;
    handoff::tell(studio, &handoff, news);
    Ok(())
}
