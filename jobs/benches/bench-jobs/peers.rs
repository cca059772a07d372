//! Running the peers, each in a process of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use serde::Deserialize;
use tokio::process::Command;

use crate::Result;

/// What a peer prints.
#[derive(Debug, Deserialize)]
pub struct Figures {
    pub version: String,
    #[serde(default)]
    pub seconds: f64,
    #[serde(default)]
    pub milliseconds: Vec<f64>,
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers")
}

fn built() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench/peers")
}

/// Installs graphile-worker from npm; says with which command to run it.
pub async fn graphile_worker() -> Result<PathBuf> {
    let folder = built().join("graphile-worker");
    fs::create_dir_all(&folder)?;
    for file in ["package.json", "worker.mjs"] {
        fs::copy(sources().join("graphile-worker").join(file), folder.join(file))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder);
    succeed(npm).await?;
    Ok(folder.join("worker.mjs"))
}

pub async fn run_graphile_worker(
    script: &Path,
    mode: &str,
    url: &str,
    count: usize,
) -> Result<Figures> {
    let mut node = Command::new("node");
    node.arg(script).args([mode, url, &count.to_string()]);
    Ok(serde_json::from_str(&succeed(node).await?)?)
}

/// Builds apalis-postgres in a workspace of its own.
pub async fn apalis_postgres() -> Result<PathBuf> {
    let target = built().join("apalis-postgres");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--release", "--locked"])
        .current_dir(sources().join("apalis-postgres"))
        .env("CARGO_TARGET_DIR", &target);
    succeed(cargo).await?;
    Ok(target.join("release/peer-apalis-postgres"))
}

pub async fn run_apalis_postgres(program: &Path, url: &str, count: usize) -> Result<Figures> {
    let mut program = Command::new(program);
    program.args([url, &count.to_string()]);
    Ok(serde_json::from_str(&succeed(program).await?)?)
}

/// What a command prints, if it succeeds.
async fn succeed(mut command: Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).kill_on_drop(true).output().await?;
    if output.status.success() {
        Ok(String::from_utf8(output.stdout)?)
    } else {
        Err(format!("{:?} failed: {}", command.as_std(), output.status).into())
    }
}
