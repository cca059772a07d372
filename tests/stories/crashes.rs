//! `kill -9` of the worker before and inside each step: the run completes with a new worker, and every
//! effect is there once.

use std::time::Duration;

use serde_json::Value;
use tests::{Client, Harness, Vod, halts::Halt, mailbox, upload};

macro_rules! a_worker_killed_at {
    ($($step:ident),* $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $step() {
            survives_a_kill_before_and_inside(stringify!($step)).await;
        }
    )*};
}

a_worker_killed_at!(
    check_parts,
    assemble,
    inspect,
    probe,
    hand_off,
    store_renditions,
    publish,
    notify,
);

async fn survives_a_kill_before_and_inside(step: &str) {
    let story = Story::begin().await;
    story.kill_at(Halt::before_step(story.harness.database(), step).await).await;
    story.kill_at(Halt::inside_step(story.harness.database(), step).await).await;
    let worker = story.harness.worker_process(&["all"]);
    story.expect_published_once().await;
    assert!(worker.stop().await.success(), "a worker that is asked to stop does");
}

/// One upload that has been handed in, and nobody to work on it yet.
struct Story {
    harness: Harness,
    _vod: Vod,
    creator: Client,
    email: String,
    upload: Value,
}

impl Story {
    async fn begin() -> Self {
        let (harness, vod) = Harness::start_with_vod().await;
        let (creator, email) = harness.person("creator", &[studio::accounts::Role::Creator]).await;
        let clip = tests::clips::short_video().await;
        let upload = upload::whole(&creator, "clip.mp4", "video/mp4", &clip).await;
        Self { harness, _vod: vod, creator, email, upload }
    }

    /// Lets a worker come to `place`, and kills it there.
    async fn kill_at(&self, mut place: Halt) {
        let worker = self.harness.worker_process(&["all"]);
        place.reached().await;
        worker.kill().await;
        place.let_go_after_kill().await;
    }

    async fn expect_published_once(&self) {
        let content = upload::settled(&self.creator, &self.upload).await;
        assert_eq!(content["state"], "private", "{content}");
        self.until_the_mail_came().await;
        assert_eq!(mailbox::of(&self.email).await.len(), 1, "one mail");
        let renditions = self.harness.rendition_keys(content["id"].as_str().unwrap()).await;
        let mut names: Vec<_> = renditions.iter().map(|key| key.rsplit('/').next()).collect();
        names.sort_unstable();
        let stored = names.len();
        names.dedup();
        assert_eq!(
            (stored > 0, names.len()),
            (true, stored),
            "one set of renditions: {renditions:?}"
        );
    }

    async fn until_the_mail_came(&self) {
        let came = async {
            while mailbox::of(&self.email).await.is_empty() {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), came).await.expect("the mail comes");
        self.harness.wait_until_nothing_is_due().await;
    }
}
