//! What the parts of the service share.

use std::{
    collections::HashMap,
    fs::{DirBuilder, File},
    io,
    os::unix::fs::DirBuilderExt,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use chrono::{TimeDelta, Utc};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{
    faults::Faults,
    records::Records,
    results::Results,
    settings::Settings,
    signature::Secret,
    transcode::{Failure, State, Transcode},
    webhooks,
};

/// The running service.
pub struct Service {
    pub settings: Settings,
    pub secret: Secret,
    pub records: Records,
    pub results: Results,
    pub faults: Faults,
    pub http: reqwest::Client,
    /// Rung when a transcode waits to be taken up.
    pub work: Notify,
    running: Mutex<HashMap<String, CancellationToken>>,
    _only_process: File,
}

/// Why the service cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the folder {folder} is in use by another process")]
    FolderInUse { folder: PathBuf },
    #[error("the public address is not a URL")]
    PublicUrl(#[from] url::ParseError),
    #[error("the HTTP client cannot be made")]
    Client(#[from] reqwest::Error),
    #[error("the folder for data cannot be used")]
    Data(#[from] io::Error),
}

impl Service {
    /// Opens the data folder and takes up what an earlier process left.
    pub async fn open(settings: Settings) -> Result<Self, StartError> {
        let data = std::path::absolute(&settings.data)?;
        // Orders hold addresses that open the sources.
        DirBuilder::new().recursive(true).mode(0o700).create(&data)?;
        let only_process = File::create(data.join("lock"))?;
        if only_process.try_lock().is_err() {
            return Err(StartError::FolderInUse { folder: data });
        }
        let secret = Secret::new(&settings.secret);
        let service = Self {
            records: Records::open(data.join("transcodes")).await?,
            results: Results {
                folder: data.join("results"),
                base: settings.base()?,
                secret: secret.clone(),
                valid_for: TimeDelta::minutes(settings.link_minutes.into()),
            },
            secret,
            faults: Faults::default(),
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(std::time::Duration::from_secs(10))
                .build()?,
            work: Notify::new(),
            running: Mutex::default(),
            _only_process: only_process,
            settings: Settings { data, ..settings },
        };
        service.take_up_again().await?;
        Ok(service)
    }

    /// Half-done work is thrown away and its transcodes wait again.
    async fn take_up_again(&self) -> io::Result<()> {
        let work = self.work_folder();
        if tokio::fs::try_exists(&work).await? {
            tokio::fs::remove_dir_all(&work).await?;
        }
        tokio::fs::create_dir_all(&work).await?;
        tokio::fs::create_dir_all(&self.results.folder).await?;
        for interrupted in self.records.list(|one| one.state == State::Running).await {
            self.records.change(&interrupted.id, Transcode::resume).await?;
        }
        Ok(())
    }

    /// Where sources and unfinished renditions lie.
    pub fn work_folder(&self) -> PathBuf {
        self.settings.data.join("work")
    }

    /// Registers running work; the token stops it.
    pub fn begin(&self, id: &str) -> CancellationToken {
        let token = CancellationToken::new();
        self.running().insert(id.to_owned(), token.clone());
        token
    }

    /// Forgets work that ended.
    pub fn end(&self, id: &str) {
        self.running().remove(id);
    }

    /// Cancels a transcode. `None` if there is none of this id.
    pub async fn cancel(&self, id: &str) -> io::Result<Option<()>> {
        let known = self.records.change(id, |one| one.cancel(Utc::now())).await?;
        self.stop(id);
        Ok(known.map(|_| ()))
    }

    /// Fails a transcode, tells its client, and stops the work on it.
    pub async fn fail(self: &std::sync::Arc<Self>, id: &str, failure: Failure) -> io::Result<()> {
        tracing::info!(id, code = failure.code, message = failure.message, "transcode failed");
        if self.records.change(id, |one| one.fail(failure, Utc::now())).await? == Some(true) {
            webhooks::announce(self, id.to_owned());
        }
        self.stop(id);
        Ok(())
    }

    fn stop(&self, id: &str) {
        if let Some(token) = self.running().remove(id) {
            token.cancel();
        }
    }

    fn running(&self) -> std::sync::MutexGuard<'_, HashMap<String, CancellationToken>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
