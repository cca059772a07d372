//! Playlists for players, which send no Authorization header: the grant in the path speaks for them.

use poem::web::Data;
use poem_openapi::{ApiResponse, OpenApi, param::Path, payload::PlainText};
use studio::{Studio, content::playback};

use super::Area;
use crate::Problem;

/// The resource.
pub struct Playlists;

/// A playlist.
#[derive(ApiResponse)]
enum Playlist {
    /// An HLS playlist (RFC 8216).
    #[oai(status = 200, content_type = "application/vnd.apple.mpegurl")]
    Found(
        PlainText<String>,
        /// Not kept by anybody: it holds addresses that are good for a while only.
        #[oai(header = "Cache-Control")]
        String,
    ),
}

impl From<String> for Playlist {
    fn from(list: String) -> Self {
        Self::Found(PlainText(list), "private, no-store".to_owned())
    }
}

#[OpenApi(prefix_path = "/v1/playback", tag = "Area::Playback")]
impl Playlists {
    /// Get the master playlist
    #[oai(path = "/:grant/master.m3u8", method = "get", operation_id = "playback.master")]
    async fn master(
        &self,
        studio: Data<&Studio>,
        /// From `contents.playback`.
        grant: Path<String>,
    ) -> Result<Playlist, Problem> {
        Ok(playback::master(&studio, &grant).await?.into())
    }

    /// Get the playlist of one rendition
    #[oai(path = "/:grant/:rendition", method = "get", operation_id = "playback.rendition")]
    async fn rendition(
        &self,
        studio: Data<&Studio>,
        /// From `contents.playback`.
        grant: Path<String>,
        /// As the master playlist names it: `720p.m3u8`.
        rendition: Path<String>,
    ) -> Result<Playlist, Problem> {
        let name = rendition.strip_suffix(".m3u8").unwrap_or_default();
        Ok(playback::rendition(&studio, &grant, name).await?.into())
    }
}
