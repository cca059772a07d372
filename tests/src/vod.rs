//! The platform's VOD service for one test: the stand-in as a real process, with faults on demand.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::Value;
use url::Url;

use crate::processes::{Process, free_port, wait_until_answers};

/// The secret that the tests share with it.
pub const SECRET: &str = "the-secret-of-the-tests";

/// A running VOD service.
#[derive(Debug)]
pub struct Vod {
    /// Its address.
    pub base: Url,
    folder: PathBuf,
    process: Process,
}

/// A VOD service that was killed; its files are still there.
#[derive(Debug)]
pub struct Killed {
    base: Url,
    folder: PathBuf,
}

impl Killed {
    /// Starts it again at the same address, over the same files.
    pub async fn started_again(self) -> Vod {
        Vod::start_at(self.base, &self.folder).await
    }
}

impl Vod {
    /// Starts one that keeps its files under `folder`.
    pub async fn start(folder: &Path) -> Self {
        let base = format!("http://127.0.0.1:{}", free_port());
        Self::start_at(base.parse().expect("an address"), folder).await
    }

    async fn start_at(base: Url, folder: &Path) -> Self {
        let listen = crate::gate::authority(base.as_str());
        let data = folder.join("vod").display().to_string();
        let arguments = [
            &["serve", "--listen", &listen, "--data", &data],
            &["--public-url", base.as_str(), "--allow-faults"][..],
        ];
        let variables =
            HashMap::from([("CREATOR_STUDIO_VOD_SECRET".to_owned(), SECRET.to_owned())]);
        let log = folder.join("vod.log");
        let process = Process::start("vod", &arguments.concat(), &variables, &log);
        wait_until_answers(&base.join("/healthz").expect("an address")).await;
        Self { base, folder: folder.to_owned(), process }
    }

    /// Asks for a fault, as its contract documents it.
    pub async fn fault(&self, fault: &Value) {
        let url = self.base.join("/_faults").expect("an address");
        let answer = reqwest::Client::new().put(url).json(fault).send().await;
        let status = answer.expect("the VOD service answers").status();
        assert!(status.is_success(), "the fault {fault} is refused: {status}");
    }

    /// Takes all faults back.
    pub async fn behave(&self) {
        let url = self.base.join("/_faults").expect("an address");
        reqwest::Client::new().delete(url).send().await.expect("the VOD service answers");
    }

    /// Waits until every transcode has ended and its end was told. One with a fault that holds its end
    /// back is waited for 20 s; one without ends, however busy the machine is.
    pub async fn at_rest(&self) {
        let begun = tokio::time::Instant::now();
        loop {
            let waiting: Vec<Value> =
                self.transcodes().into_iter().filter(|one| !is_at_rest(one)).collect();
            let faulty = waiting.iter().all(|one| !one["fault"].is_null());
            let patience = Duration::from_secs(if faulty { 20 } else { 180 });
            if waiting.is_empty() || begun.elapsed() > patience {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The transcodes as the service keeps them on disk.
    fn transcodes(&self) -> Vec<Value> {
        let Ok(entries) = std::fs::read_dir(self.folder.join("vod/transcodes")) else {
            return Vec::new();
        };
        let files = entries.filter_map(|entry| std::fs::read(entry.ok()?.path()).ok());
        files.filter_map(|bytes| serde_json::from_slice(&bytes).ok()).collect()
    }

    /// `kill -9`.
    pub async fn killed(self) -> Killed {
        self.process.kill().await;
        Killed { base: self.base, folder: self.folder }
    }
}

/// Ended and told so; or cancelled, of which nobody is told; or one that never ends by itself.
fn is_at_rest(transcode: &Value) -> bool {
    let endless = matches!(transcode["fault"].as_str(), Some("never_answers" | "stall"));
    if endless || transcode["failure"]["code"] == "cancelled" {
        return true;
    }
    let told = &transcode["announcement"];
    let ended = matches!(transcode["state"].as_str(), Some("completed" | "failed"));
    ended && (told["settled"] == true || told["attempts"].as_u64().is_some_and(|n| n > 0))
}
