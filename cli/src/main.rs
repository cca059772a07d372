//! `creator-studio`: the one binary. Each command is a process of its own in production.

mod commands;
mod telemetry;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Upload, manage, measure and live from your work.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the API and the portal.
    Api,
    /// Runs jobs.
    Worker(commands::worker::Arguments),
    /// Brings the database to the schema of this binary.
    Migrate,
    /// Writes the API's description, or checks the one that is checked in.
    Openapi(commands::openapi::Arguments),
    /// Lists what the workers know, and what waits.
    Jobs,
    /// Makes the demo people and their library. Development only.
    Seed(commands::seed::Arguments),
    /// Says what this process would run with, and which servers answer.
    Doctor(commands::doctor::Arguments),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Two crypto providers are compiled in; whoever dials TLS gets this one.
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("a TLS provider is installed already");
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(run(cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(error.as_ref()),
    }
}

async fn run(command: Command) -> commands::Result {
    match command {
        Command::Api => commands::api::run().await,
        Command::Worker(arguments) => commands::worker::run(arguments).await,
        Command::Migrate => commands::migrate::run().await,
        Command::Openapi(arguments) => commands::openapi::run(&arguments),
        Command::Jobs => commands::jobs::run().await,
        Command::Seed(arguments) => commands::seed::run(arguments).await,
        Command::Doctor(arguments) => commands::doctor::run(&arguments).await,
    }
}

/// Says what went wrong and why, down to the first cause.
fn fail(error: &(dyn std::error::Error + 'static)) -> ExitCode {
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}
