//! Makes the demo people, and hands in a small library of real clips as they would: part by part, to
//! the store. The workers do the rest. Running it again adds what is missing.

mod audience;
mod library;
mod people;

use std::path::PathBuf;

use super::{Result, connect};
use crate::telemetry::{self, Process};

/// Where the clips come from.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder in which the clips are made, once.
    #[arg(long, default_value = ".dev/clips")]
    clips: PathBuf,
    /// Makes the people only.
    #[arg(long)]
    people_only: bool,
    #[command(subcommand)]
    part: Option<Part>,
}

/// A part of it, for somebody in particular.
#[derive(clap::Subcommand)]
enum Part {
    /// Gives a creator works and viewers, and counts what these did.
    Analytics(audience::Arguments),
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result {
    let studio = connect().await?;
    let _telemetry = telemetry::start(Process::Command, &studio.config)?;
    if let Some(Part::Analytics(arguments)) = &arguments.part {
        return audience::run(&studio, arguments).await;
    }
    let creator = people::make(&studio).await?;
    if !arguments.people_only {
        library::make(&studio, creator, &arguments.clips).await?;
        audience::of_library(&studio, creator).await?;
    }
    Ok(())
}
