//! Tells clients what happened. The final event is told until it is heard; progress is told once.

use std::{io, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::CONTENT_TYPE;
use uuid::Uuid;

use crate::{
    faults::Fault,
    http::{Event, wire},
    service::Service,
    signature,
    transcode::{Announcement, EventType, Transcode},
};

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
const GIVE_UP_AFTER: TimeDelta = TimeDelta::hours(24);
const PATIENCE: Duration = Duration::from_secs(10);

/// Tells, in a task of its own, how the transcode ended.
pub fn announce(service: &Arc<Service>, id: String) {
    let service = Arc::clone(service);
    tokio::spawn(async move {
        if let Err(error) = announce_until_heard(&service, &id).await {
            // It stays unsettled on disk, and the next start takes it up.
            tracing::error!(id, %error, "the announcement cannot be recorded");
        }
    });
}

/// Takes up the announcements that an earlier process left.
pub async fn take_up_again(service: &Arc<Service>) {
    let unheard = |one: &Transcode| one.announcement.as_ref().is_some_and(|a| !a.settled);
    for transcode in service.records.list(unheard).await {
        announce(service, transcode.id);
    }
}

/// Tells how far the transcode is. A client that does not hear it asks, or waits for the next.
pub async fn tell_progress(service: &Service, transcode: &Transcode) {
    if transcode.is(Fault::loses_webhooks) || transcode.is(Fault::out_of_order) {
        return;
    }
    let heard = send(service, transcode, Uuid::now_v7(), EventType::Progress, Utc::now());
    match tokio::time::timeout(Duration::from_secs(2), heard).await {
        Ok(Ok(())) => {}
        Ok(Err(reason)) => tracing::debug!(id = transcode.id, reason, "progress was not heard"),
        Err(_) => tracing::debug!(id = transcode.id, "progress was not heard in time"),
    }
}

async fn announce_until_heard(service: &Service, id: &str) -> io::Result<()> {
    let mut pause = FIRST_PAUSE;
    wait_if_told(service, id).await;
    while let Some((transcode, announcement)) = unsettled(service, id).await {
        let late = Utc::now() - announcement.created_at > GIVE_UP_AFTER;
        if late || transcode.is(Fault::loses_webhooks) {
            return settle(service, id).await;
        }
        let Announcement { event_id, event, created_at, .. } = announcement;
        match send(service, &transcode, event_id, event, created_at).await {
            Ok(()) => {
                settle(service, id).await?;
                misbehave_after(service, &transcode, &announcement).await;
                return Ok(());
            }
            Err(reason) => {
                let attempt = announcement.attempts + 1;
                tracing::warn!(
                    id,
                    attempt,
                    reason,
                    pause_ms = pause.as_millis(),
                    "webhook not heard"
                );
                service.records.change(id, count_attempt).await?;
            }
        }
        tokio::time::sleep(pause.mul_f64(rand::random_range(0.8..1.2))).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
    Ok(())
}

async fn unsettled(service: &Service, id: &str) -> Option<(Transcode, Announcement)> {
    let transcode = service.records.find(id).await?;
    let announcement =
        transcode.announcement.clone().filter(|announcement| !announcement.settled)?;
    Some((transcode, announcement))
}

async fn settle(service: &Service, id: &str) -> io::Result<()> {
    let settled = |one: &mut Transcode| {
        if let Some(announcement) = &mut one.announcement {
            announcement.settled = true;
        }
    };
    service.records.change(id, settled).await.map(|_| ())
}

fn count_attempt(transcode: &mut Transcode) {
    if let Some(announcement) = &mut transcode.announcement {
        announcement.attempts += 1;
    }
}

async fn wait_if_told(service: &Service, id: &str) {
    let transcode = service.records.find(id).await;
    if let Some(Fault::LateWebhook { delay_seconds }) = transcode.and_then(|one| one.fault) {
        tokio::time::sleep(Duration::from_secs(delay_seconds.into())).await;
    }
}

/// The faults that follow a final event: it comes again, or progress comes after it.
async fn misbehave_after(service: &Service, transcode: &Transcode, told: &Announcement) {
    let Announcement { event_id, event, created_at, .. } = *told;
    let extra: &[(Uuid, EventType, DateTime<Utc>)] = if transcode.is(Fault::answers_twice) {
        &[(event_id, event, created_at), (Uuid::now_v7(), event, created_at)]
    } else if transcode.is(Fault::out_of_order) {
        let before = |seconds| created_at - TimeDelta::seconds(seconds);
        &[
            (Uuid::now_v7(), EventType::Progress, before(1)),
            (Uuid::now_v7(), EventType::Progress, before(5)),
        ]
    } else {
        &[]
    };
    for (event_id, event, created_at) in extra {
        if let Err(reason) = send(service, transcode, *event_id, *event, *created_at).await {
            tracing::info!(id = transcode.id, reason, "an extra webhook was refused");
        }
    }
}

/// One attempt; the reason if it was not answered with 2xx.
async fn send(
    service: &Service,
    transcode: &Transcode,
    event_id: Uuid,
    event: EventType,
    created_at: DateTime<Utc>,
) -> Result<(), String> {
    let expired = TimeDelta::days(if transcode.is(Fault::expires_links) { 365 } else { 0 });
    let mut view = wire::Transcode::of(transcode, &service.results, Utc::now() - expired);
    if event == EventType::Progress {
        view.look_unfinished();
    }
    let body = Event { id: event_id, kind: event.into(), created_at, transcode: view }.bytes();
    let secret = if transcode.is(Fault::signs_wrongly) {
        service.secret.wrong()
    } else {
        service.secret.clone()
    };
    let age =
        if transcode.is(Fault::signs_stale) { TimeDelta::minutes(10) } else { TimeDelta::zero() };
    let answer = service
        .http
        .post(transcode.order.callback_url.clone())
        .timeout(PATIENCE)
        .header(CONTENT_TYPE, "application/json")
        .header("Vod-Event-Id", event_id.to_string())
        .header(signature::HEADER, signature::sign(&secret, &body, Utc::now() - age))
        .body(body)
        .send()
        .await
        .map_err(|error| error.without_url().to_string())?;
    if answer.status().is_success() { Ok(()) } else { Err(format!("answered {}", answer.status())) }
}
