//! Says what this process would run with, and which servers answer.

use studio::{config::Config, operations::health};

use super::{Result, connect};

/// What to look at.
#[derive(clap::Args)]
pub struct Arguments {
    /// Lists every variable with its default instead.
    #[arg(long)]
    variables: bool,
}

/// Runs the command.
#[allow(clippy::print_stdout, reason = "this command's answer is its output")]
pub async fn run(arguments: &Arguments) -> Result {
    if arguments.variables {
        print!("{}", Config::describe());
        return Ok(());
    }
    let studio = connect().await?;
    let mut down = 0;
    for state in health::probe_all(&studio).await {
        println!("{state}");
        down += u32::from(!state.is_up());
    }
    if down == 0 { Ok(()) } else { Err(format!("{down} servers do not answer").into()) }
}
