//! What can be seen and heard in a file, and for how long.

use std::time::Duration;

use jobs::Failure;
use media::{Limit, Limits, MediaError, MediaKind, Source};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::{PublishUpload, enter, unusable};
use crate::{
    Dependency, Error, Result, Studio,
    content::{
        Stage,
        content_store::{self, Facts},
        failures,
        media_type::Kind,
    },
};

/// How long ffprobe may read the original.
const SOURCE: Duration = Duration::from_hours(1);

/// What probing found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probed {
    /// Whether there is something to see.
    pub kind: Kind,
    /// How long it plays, in seconds.
    pub duration_seconds: f64,
    /// Pixels across, as a viewer sees them.
    pub width: Option<u32>,
    /// Pixels down, as a viewer sees them.
    pub height: Option<u32>,
}

/// Probes the original where it lies: ffprobe reads the few ranges that it needs of a file of terabytes.
/// It gets an address that is good for this one object, and may speak to nobody else.
///
/// # Errors
/// Every way in which it is not media that can be prepared.
pub async fn probe(studio: &Studio, publish: &PublishUpload) -> Result<Probed, Failure> {
    let upload = enter(studio, publish, Stage::Checking).await?;
    let source = studio.objects.sign_source(&upload.object_key, SOURCE).await?;
    let found = media::probe(&Source::Url(source.url), &Limits::probe()).await.map_err(read)?;
    Ok(Probed {
        kind: match found.kind {
            MediaKind::Video => Kind::Video,
            MediaKind::Audio => Kind::Audio,
        },
        duration_seconds: found.duration_seconds,
        width: found.width(),
        height: found.height(),
    })
}

/// Remembers what was found, in the transaction that ends the step.
///
/// # Errors
/// Postgres is away.
pub async fn keep_facts(
    tx: &mut PgConnection,
    publish: &PublishUpload,
    found: &Probed,
) -> Result<()> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "milliseconds of a file that media limits to hours"
    )]
    let duration_ms = (found.duration_seconds * 1_000.0).round().max(0.0) as i64;
    let facts = Facts {
        kind: found.kind,
        duration_ms,
        width: found.width.map(u32::cast_signed),
        height: found.height.map(u32::cast_signed),
    };
    content_store::set_facts(tx, publish.content, &facts).await
}

/// Whose fault it is: the file's, or somebody's for whom it is worth waiting.
fn read(error: MediaError) -> Failure {
    let code = match &error {
        MediaError::SourceUnavailable { .. } => {
            return Error::unavailable(Dependency::ObjectStore, error).into();
        }
        MediaError::ContainerNotAllowed { container } if is_list(container) => &failures::PLAYLIST,
        MediaError::NotMedia | MediaError::ContainerNotAllowed { .. } => &failures::NOT_MEDIA,
        MediaError::CodecNotAllowed { .. } => &failures::CODEC,
        MediaError::NoStream => &failures::NO_STREAM,
        MediaError::LimitExceeded(Limit::WallTime)
        | MediaError::ToolMissing { .. }
        | MediaError::ToolFailed { .. }
        | MediaError::Interrupted { .. }
        | MediaError::Io(_) => return Failure::retry(error),
        MediaError::Truncated | MediaError::LimitExceeded(_) => &failures::DAMAGED,
        MediaError::TooLong { .. } => &failures::TOO_LONG,
        MediaError::TooLarge { .. } => &failures::TOO_LARGE,
    };
    unusable(code, error.to_string())
}

fn is_list(container: &str) -> bool {
    ["hls", "dash", "concat", "m3u8", "asx"].iter().any(|list| container.contains(list))
}
