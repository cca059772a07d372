//! Runs the jobs of some pools until asked to stop; then lets the running ones finish.

use super::{Result, connect, stop_on_signal};
use crate::telemetry::{self, Process};

/// Which pools this process serves.
#[derive(clap::Args)]
pub struct Arguments {
    /// A pool to serve; may be given more than once. Without it: all of them.
    #[arg(long = "pool", value_name = "NAME")]
    pools: Vec<String>,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result {
    let studio = connect().await?;
    let _telemetry = telemetry::start(Process::Worker, &studio.config)?;
    let stop = stop_on_signal()?;
    telemetry::measure(&studio, &stop)?;
    let pools = workers::pools_named(&arguments.pools)?;
    workers::run(&studio, pools, stop).await?;
    Ok(())
}
