//! Playing a content: a grant in an address, and the playlists behind it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::ExposeSecret;
use url::Url;

use super::{
    ContentRecord, content_store, curating,
    grant::{Audience, Grant},
    playlist, refusals, rendition_store,
};
use crate::{
    Error, Refusal, Result, Studio,
    ids::{AccountId, ContentId},
};

/// Where and how long a content can be played.
#[derive(Debug, Clone)]
pub struct Playback {
    /// The master playlist.
    pub hls_url: Url,
    /// A still picture.
    pub poster_url: Option<Url>,
    /// How long it plays, in seconds.
    pub duration_seconds: f64,
    /// Until when these addresses are good.
    pub expires_at: DateTime<Utc>,
    /// Whether a creator looks at their own work.
    pub own: bool,
}

/// An address for `viewer`, who may be nobody, to play a content.
///
/// # Errors
/// `content.not_found` for what `viewer` may not see, `content.not_ready` for their own that is not ready.
pub async fn playback(
    studio: &Studio,
    viewer: Option<AccountId>,
    id: ContentId,
) -> Result<Playback> {
    let mut db = studio.db.acquire().await?;
    let content = content_store::find_any(&mut db, id).await?;
    drop(db);
    let own = content.as_ref().is_some_and(|c| viewer == Some(c.owner));
    let content = curating::there(content.filter(|c| own || c.may_play(viewer)))?;
    if !content.may_play(viewer) {
        return Err(refusals::CONTENT_NOT_READY.refuse().into());
    }
    let grant = Grant {
        content: id,
        expires_at: Utc::now()
            + TimeDelta::seconds(studio.config.content.signed_url_seconds.cast_signed()),
        audience: if own { Audience::Creator } else { Audience::Everybody },
    };
    Ok(Playback {
        hls_url: address(studio, &grant)?,
        poster_url: poster(studio, &content).await?,
        duration_seconds: content.duration_seconds().unwrap_or_default(),
        expires_at: grant.expires_at,
        own,
    })
}

/// The master playlist behind a grant.
///
/// # Errors
/// `playback.expired`.
pub async fn master(studio: &Studio, grant: &str) -> Result<String> {
    let content = granted(studio, grant).await?;
    let renditions = rendition_store::of_content(&mut *studio.db.acquire().await?, content).await?;
    Ok(playlist::master(&renditions))
}

/// The playlist of one rendition behind a grant.
///
/// # Errors
/// `playback.expired`, `playback.no_rendition`.
pub async fn rendition(studio: &Studio, grant: &str, name: &str) -> Result<String> {
    let content = granted(studio, grant).await?;
    let renditions = rendition_store::of_content(&mut *studio.db.acquire().await?, content).await?;
    let rendition = renditions.into_iter().find(|rendition| rendition.name == name);
    let rendition = rendition.ok_or_else(|| refusals::PLAYBACK_NO_RENDITION.refuse())?;
    let valid_for = Duration::from_secs(studio.config.content.signed_url_seconds);
    // Good for at least half of the time from now on, since a viewer may begin late.
    let signed = studio.objects.sign_view(&rendition.object_key, valid_for * 2).await?;
    Ok(playlist::media(&rendition.index, &signed.url))
}

/// The content behind a grant, if it may still be played: what was made private is so at once.
async fn granted(studio: &Studio, text: &str) -> Result<ContentId> {
    let grant = Grant::read(secret(studio), text, Utc::now())?;
    let content = content_store::find_any(&mut *studio.db.acquire().await?, grant.content).await?;
    let may_play = content.is_some_and(|content| {
        let viewer = (grant.audience == Audience::Creator).then_some(content.owner);
        content.may_play(viewer)
    });
    if may_play { Ok(grant.content) } else { Err(expired().into()) }
}

fn expired() -> Refusal {
    refusals::PLAYBACK_EXPIRED.refuse()
}

fn address(studio: &Studio, grant: &Grant) -> Result<Url> {
    let path = format!("/v1/playback/{}/master.m3u8", grant.write(secret(studio)));
    let address = studio.config.public_url.join(&path);
    address.map_err(|e| Error::internal("reading CREATOR_STUDIO_PUBLIC_URL", e))
}

async fn poster(studio: &Studio, content: &ContentRecord) -> Result<Option<Url>> {
    let Some(key) = &content.thumbnail_key else { return Ok(None) };
    let valid_for = Duration::from_secs(studio.config.content.signed_url_seconds);
    Ok(Some(studio.objects.sign_view(key, valid_for).await?.url))
}

fn secret(studio: &Studio) -> &[u8] {
    studio.config.accounts.token_key.expose_secret().as_bytes()
}
