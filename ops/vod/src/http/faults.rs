//! `/_faults`: tells the service to misbehave. Only there if it was started with `--allow-faults`.

#![expect(clippy::unused_async, reason = "operations are async for poem-openapi")]

use poem::{Result, http::StatusCode};
use poem_openapi::{ApiResponse, Enum, Object, OpenApi, Tags, payload::Json};

use super::{problem::Problem, signed::Shared};
use crate::faults::{Armed, Fault};

#[derive(Tags)]
enum Tag {
    /// Misbehaviour on demand, for tests. Unsigned; not there in a service started without
    /// `--allow-faults`.
    Faults,
}

/// What is to go wrong.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum FaultName {
    /// The hand-off is refused with 503.
    RefuseHandoff,
    /// It fails with the code `fault_injected`.
    Fail,
    /// It runs to half and no further; its deadline ends it.
    Stall,
    /// It takes `delay_seconds` longer, with progress.
    Slow,
    /// It stays queued for ever: no webhook, no progress, not even at its deadline.
    NeverAnswers,
    /// The final webhook arrives twice with one event id, and once more with another.
    AnswerTwice,
    /// Progress webhooks arrive after the final one, with earlier times.
    OutOfOrder,
    /// No webhook arrives; the transcode itself ends as usual.
    LoseWebhook,
    /// The final webhook arrives `delay_seconds` late.
    LateWebhook,
    /// Webhooks are signed with another secret.
    SignWrongly,
    /// Webhooks carry a signature of ten minutes ago.
    SignStale,
    /// One byte of the first rendition differs from what its SHA-256 says.
    CorruptRendition,
    /// The first rendition's file ends in its middle.
    TruncateRendition,
    /// The links in the webhook have expired already; asking brings good ones.
    ExpiredLinks,
}

/// A fault, and which hand-offs it meets. It is chosen when a transcode is accepted, and stays with it.
#[derive(Clone, Object)]
#[oai(skip_serializing_if_is_none)]
struct NewFault {
    fault: FaultName,
    /// Only references that begin so.
    reference_prefix: Option<String>,
    /// Only so many hand-offs; until taken back if absent.
    #[oai(validator(minimum(value = "1")))]
    next: Option<u32>,
    /// For `slow` and `late_webhook`.
    #[oai(default = "default_delay", validator(maximum(value = "86400")))]
    delay_seconds: u32,
    /// For `fail`: what the failure says of itself.
    #[oai(default)]
    retryable: bool,
}

fn default_delay() -> u32 {
    5
}

#[derive(ApiResponse)]
enum Changed {
    /// Done.
    #[oai(status = 204)]
    Done,
    /// The service was started without `--allow-faults`.
    #[oai(status = 404, content_type = "application/problem+json")]
    NotOffered(Json<Problem>),
}

/// Operations on faults.
pub struct FaultControl;

#[OpenApi(tag = "Tag::Faults")]
impl FaultControl {
    /// Arm a fault
    ///
    /// Several may be armed; the first that fits a hand-off is its fault. Armed faults are forgotten when
    /// the service stops.
    #[oai(path = "/_faults", method = "put", operation_id = "faults.arm")]
    async fn arm(&self, service: Shared<'_>, new: Json<NewFault>) -> Result<Changed> {
        if !service.settings.allow_faults {
            return Ok(not_offered());
        }
        let NewFault { reference_prefix, next, .. } = new.0.clone();
        service.faults.arm(Armed { fault: new.0.fault(), reference_prefix, remaining: next });
        Ok(Changed::Done)
    }

    /// Take all armed faults back
    ///
    /// Transcodes that have one keep it.
    #[oai(path = "/_faults", method = "delete", operation_id = "faults.disarm")]
    async fn disarm(&self, service: Shared<'_>) -> Result<Changed> {
        if !service.settings.allow_faults {
            return Ok(not_offered());
        }
        service.faults.disarm();
        Ok(Changed::Done)
    }
}

fn not_offered() -> Changed {
    let detail = "This service does not misbehave on demand.";
    Changed::NotOffered(Json(Problem::new(StatusCode::NOT_FOUND, "not_found", detail)))
}

impl NewFault {
    fn fault(&self) -> Fault {
        let Self { delay_seconds, retryable, .. } = *self;
        match self.fault {
            FaultName::RefuseHandoff => Fault::RefuseHandoff,
            FaultName::Fail => Fault::Fail { retryable },
            FaultName::Stall => Fault::Stall,
            FaultName::Slow => Fault::Slow { delay_seconds },
            FaultName::NeverAnswers => Fault::NeverAnswers,
            FaultName::AnswerTwice => Fault::AnswerTwice,
            FaultName::OutOfOrder => Fault::OutOfOrder,
            FaultName::LoseWebhook => Fault::LoseWebhook,
            FaultName::LateWebhook => Fault::LateWebhook { delay_seconds },
            FaultName::SignWrongly => Fault::SignWrongly,
            FaultName::SignStale => Fault::SignStale,
            FaultName::CorruptRendition => Fault::CorruptRendition,
            FaultName::TruncateRendition => Fault::TruncateRendition,
            FaultName::ExpiredLinks => Fault::ExpiredLinks,
        }
    }
}
