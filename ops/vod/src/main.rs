//! Stand-in for the platform's VOD service: a real process that transcodes behind a documented HTTP
//! contract, and misbehaves on demand.
//!
//! Creator Studio shares no code with it but the confinement of ffmpeg (`media`): what holds between the
//! two is `openapi.json` beside this crate.

mod faults;
mod http;
mod origins;
mod records;
mod results;
mod serve;
mod service;
mod settings;
mod signature;
mod sweep;
mod transcode;
mod webhooks;
mod work;

use std::{
    error::Error,
    io::{self, IsTerminal},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// The platform's VOD service, as a stand-in.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the contract until told to stop.
    Serve(Box<settings::Settings>),
    /// Write the description of the HTTP contract.
    Openapi {
        /// Change nothing; fail if the file differs.
        #[arg(long)]
        check: bool,
        /// The file.
        #[arg(long, default_value = "ops/vod/openapi.json")]
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log();
    match run(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut cause: Option<&dyn Error> = Some(error.as_ref());
            while let Some(error) = cause {
                tracing::error!("{error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr)
        .init();
}

fn run(command: Command) -> Result<(), Box<dyn Error>> {
    match command {
        Command::Serve(settings) => {
            // reqwest is built without a default, so that the whole house uses one.
            let _ = rustls::crypto::ring::default_provider().install_default();
            Ok(tokio::runtime::Runtime::new()?.block_on(serve::serve(*settings))?)
        }
        Command::Openapi { check: false, file } => {
            Ok(std::fs::write(file, format!("{:#}\n", http::document()?))?)
        }
        Command::Openapi { check: true, file } => {
            let checked_in: serde_json::Value = serde_json::from_slice(&std::fs::read(&file)?)?;
            if checked_in == http::document()? {
                return Ok(());
            }
            Err(format!("{} is not what the code says: run `vod openapi`", file.display()).into())
        }
    }
}
