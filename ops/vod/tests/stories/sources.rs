//! A server of sources, as an object store is one.

use std::path::{Path, PathBuf};

use media::clips::{self, Clip};
use poem::{EndpointExt, Route, Server, endpoint::StaticFilesEndpoint, listener::TcpAcceptor};
use tokio::task::JoinHandle;
use url::Url;

/// Serves a folder until the test ends.
pub struct Sources {
    base: Url,
    folder: tempfile::TempDir,
    serving: JoinHandle<()>,
}

impl Sources {
    pub async fn serve() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let files = Route::new().nest("/", StaticFilesEndpoint::new(folder.path())).boxed();
        let server = Server::new_with_acceptor(TcpAcceptor::from_tokio(listener).unwrap());
        let serving = tokio::spawn(async move { server.run(files).await.unwrap() });
        Self { base, folder, serving }
    }

    /// The address of a clip.
    pub async fn clip(&self, media_type: &str) -> (Clip, Url) {
        let clips = clips::make(&clip_folder()).await.unwrap();
        let clip = clips.into_iter().find(|clip| clip.media_type == media_type).unwrap();
        let url = self.file(&clip.path);
        (clip, url)
    }

    /// The address of a file.
    pub fn file(&self, path: &Path) -> Url {
        let name = path.file_name().unwrap().to_str().unwrap();
        std::fs::copy(path, self.folder.path().join(name)).unwrap();
        self.address(name)
    }

    /// The address of these bytes.
    pub fn bytes(&self, name: &str, bytes: &[u8]) -> Url {
        std::fs::write(self.folder.path().join(name), bytes).unwrap();
        self.address(name)
    }

    /// The address that a file of this name has or would have.
    pub fn address(&self, name: &str) -> Url {
        let mut url = self.base.join(name).unwrap();
        url.set_query(Some("X-Amz-Signature=secret-capability"));
        url
    }
}

impl Drop for Sources {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Where the clips are kept between runs.
pub fn clip_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("clips")
}
