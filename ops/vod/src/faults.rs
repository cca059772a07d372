//! Faults on demand: what a VOD service may do to its clients, so that they can be tested against it.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// What goes wrong with a transcode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The hand-off is refused with 503.
    RefuseHandoff,
    /// It fails, with the code `fault_injected`.
    Fail { retryable: bool },
    /// It runs to half and no further; its deadline ends it.
    Stall,
    /// It takes longer by this many seconds, with progress.
    Slow { delay_seconds: u32 },
    /// It stays queued for ever: no webhook, no progress, not even at its deadline.
    NeverAnswers,
    /// The final webhook arrives twice with one event id, and once more with another.
    AnswerTwice,
    /// Progress webhooks arrive after the final one, with earlier times.
    OutOfOrder,
    /// No webhook arrives. The transcode itself ends as usual.
    LoseWebhook,
    /// The final webhook arrives late by this many seconds.
    LateWebhook { delay_seconds: u32 },
    /// Webhooks are signed with another secret.
    SignWrongly,
    /// Webhooks are signed ten minutes ago.
    SignStale,
    /// One byte of the first rendition differs from what its SHA-256 says.
    CorruptRendition,
    /// The first rendition ends in its middle.
    TruncateRendition,
    /// The links in the webhook have expired already; asking brings good ones.
    ExpiredLinks,
}

impl Fault {
    pub fn never_answers(&self) -> bool {
        matches!(self, Self::NeverAnswers)
    }

    pub fn answers_twice(&self) -> bool {
        matches!(self, Self::AnswerTwice)
    }

    pub fn out_of_order(&self) -> bool {
        matches!(self, Self::OutOfOrder)
    }

    pub fn loses_webhooks(&self) -> bool {
        matches!(self, Self::LoseWebhook | Self::NeverAnswers)
    }

    pub fn signs_wrongly(&self) -> bool {
        matches!(self, Self::SignWrongly)
    }

    pub fn signs_stale(&self) -> bool {
        matches!(self, Self::SignStale)
    }

    pub fn expires_links(&self) -> bool {
        matches!(self, Self::ExpiredLinks)
    }
}

/// A fault that waits for its transcode.
#[derive(Clone, Debug)]
pub struct Armed {
    pub fault: Fault,
    /// Only for references that begin so.
    pub reference_prefix: Option<String>,
    /// For this many hand-offs; without end if none.
    pub remaining: Option<u32>,
}

impl Armed {
    fn fits(&self, reference: &str) -> bool {
        self.reference_prefix.as_ref().is_none_or(|prefix| reference.starts_with(prefix))
    }
}

/// The faults that are armed. They are forgotten when the service stops; a transcode keeps its own.
#[derive(Default)]
pub struct Faults(Mutex<Vec<Armed>>);

impl Faults {
    pub fn arm(&self, armed: Armed) {
        self.lock().push(armed);
    }

    pub fn disarm(&self) {
        self.lock().clear();
    }

    /// Takes the first fault meant for a new transcode of this reference.
    pub fn take(&self, reference: &str) -> Option<Fault> {
        let mut armed = self.lock();
        let found = armed.iter_mut().find(|armed| armed.fits(reference))?;
        let fault = found.fault.clone();
        if let Some(remaining) = &mut found.remaining {
            *remaining = remaining.saturating_sub(1);
        }
        armed.retain(|armed| armed.remaining != Some(0));
        Some(fault)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Armed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_serves_as_many_hand_offs_as_it_was_armed_for() {
        let faults = Faults::default();
        let (fault, reference_prefix) = (Fault::Stall, Some("up".to_owned()));
        faults.arm(Armed { fault, reference_prefix, remaining: Some(2) });
        assert_eq!(faults.take("other"), None);
        assert_eq!(faults.take("up-1"), Some(Fault::Stall));
        assert_eq!(faults.take("up-2"), Some(Fault::Stall));
        assert_eq!(faults.take("up-3"), None);
    }
}
