//! Runs the jobs of some pools, and the streams, until asked to stop; then lets what runs finish.

use super::{Result, connect, stop_on_signal};
use crate::telemetry::{self, Process};

/// Which pools this process serves.
#[derive(clap::Args)]
pub struct Arguments {
    /// A pool to serve (media, default), or `streams` for the events of Kafka; may be given more than
    /// once. Without it: everything.
    #[arg(long = "pool", value_name = "NAME")]
    pools: Vec<String>,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result {
    let studio = connect().await?;
    let _telemetry = telemetry::start(Process::Worker, &studio.config)?;
    let stop = stop_on_signal()?;
    telemetry::measure(&studio, &stop)?;
    let work = workers::Work::named(&arguments.pools)?;
    workers::run(&studio, work, stop).await?;
    Ok(())
}
