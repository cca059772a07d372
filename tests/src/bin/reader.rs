//! Reads the engagement events of one test in a process of its own, so that it can be killed.

#![allow(clippy::expect_used, reason = "a program of the tests that cannot go on has failed")]

use studio::{Studio, config::Config};
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() {
    tests::install_tls();
    let config = Config::from_env().expect("the settings of the test");
    let studio = Studio::connect(config).await.expect("clients of the test's servers");
    tests::streaming::consume(studio, CancellationToken::new()).await;
}
