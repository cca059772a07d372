//! How the service is started.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use url::Url;

use crate::origins::Origin;

/// Settings of `vod serve`. Each can be given as an option or as a variable.
#[derive(Clone, clap::Args)]
pub struct Settings {
    /// Address to listen on.
    #[arg(long, env = "CREATOR_STUDIO_VOD_LISTEN", default_value = "127.0.0.1:18090")]
    pub listen: SocketAddr,
    /// Folder for orders, work and results; one process at a time.
    #[arg(long, env = "CREATOR_STUDIO_VOD_DATA", default_value = ".dev/vod")]
    pub data: PathBuf,
    /// Address under which clients reach this service (default: http:// and the address to listen on).
    #[arg(long, env = "CREATOR_STUDIO_VOD_PUBLIC_URL")]
    pub public_url: Option<Url>,
    /// Secret that signs requests, webhooks and links. Prefer the variable: options are visible to
    /// everyone on the machine.
    #[arg(long, env = "CREATOR_STUDIO_VOD_SECRET", hide_env_values = true)]
    pub secret: String,
    /// An origin that sources are fetched from and webhooks sent to; a port of `*` stands for any.
    #[arg(
        long = "allow-origin",
        env = "CREATOR_STUDIO_VOD_ALLOW_ORIGINS",
        value_delimiter = ',',
        default_value = "http://127.0.0.1:*,http://localhost:*"
    )]
    pub allow_origins: Vec<Origin>,
    /// Transcodes that run at once.
    #[arg(long, env = "CREATOR_STUDIO_VOD_CONCURRENCY", default_value_t = 1)]
    pub concurrency: u8,
    /// Largest source in bytes.
    #[arg(long, env = "CREATOR_STUDIO_VOD_MAX_SOURCE_BYTES", default_value_t = 64 << 30)]
    pub max_source_bytes: u64,
    /// How long results are kept after a transcode ended.
    #[arg(long, env = "CREATOR_STUDIO_VOD_KEEP_HOURS", default_value_t = 24)]
    pub keep_hours: u16,
    /// How long a link to a result is valid.
    #[arg(long, env = "CREATOR_STUDIO_VOD_LINK_MINUTES", default_value_t = 60)]
    pub link_minutes: u16,
    /// Offer `/_faults`, by which anyone who reaches this service can make it misbehave.
    #[arg(long)]
    pub allow_faults: bool,
}

impl Settings {
    /// The address under which clients reach this service.
    pub fn base(&self) -> Result<Url, url::ParseError> {
        match &self.public_url {
            Some(url) => Ok(url.clone()),
            None => Url::parse(&format!("http://{}", self.listen)),
        }
    }

    pub fn keep(&self) -> Duration {
        Duration::from_hours(self.keep_hours.into())
    }
}
