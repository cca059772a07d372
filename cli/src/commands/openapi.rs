//! Writes the API's description, or checks that the one that is checked in is true.

use std::{fs, path::PathBuf};

use super::Result;

/// Where the description is, and whether it is only compared.
#[derive(clap::Args)]
pub struct Arguments {
    /// The file.
    #[arg(long, default_value = "openapi/creator-studio.json")]
    file: PathBuf,
    /// Compares instead of writing.
    #[arg(long)]
    check: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result {
    let now = format!("{}\n", serde_json::to_string_pretty(&api::document())?);
    if !arguments.check {
        fs::write(&arguments.file, now)?;
        return Ok(());
    }
    if fs::read_to_string(&arguments.file)? == now {
        return Ok(());
    }
    let file = arguments.file.display();
    Err(format!("{file} does not say what the API does; write it again by `make openapi`").into())
}
