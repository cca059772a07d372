//! Drives a confined process to its end.

use std::{path::Path, process::ExitStatus};

use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::Child,
    time,
};

use super::{Run, lines::Lines, spawner, verdict};
use crate::{Limit, MediaError};

const MAX_STDOUT: usize = 4 * 1024 * 1024;
const MAX_STDERR: usize = 64 * 1024;

/// What a tool that ended well had to say besides its output.
#[derive(Debug)]
pub(crate) struct Remarks(String);

impl Remarks {
    /// The tool noticed that the file ends too early.
    pub fn truncated(&self) -> bool {
        verdict::says_truncated(&self.0)
    }
}

impl Run<'_> {
    /// Runs in a private directory and returns everything printed, at most 4 MiB.
    pub async fn output(self) -> Result<Vec<u8>, MediaError> {
        let directory = tempfile::tempdir()?;
        let mut printed = Vec::new();
        self.drive(directory.path(), |bytes| {
            printed.extend_from_slice(bytes);
            if printed.len() > MAX_STDOUT {
                return Err(MediaError::LimitExceeded(Limit::Output));
            }
            Ok(())
        })
        .await?;
        Ok(printed)
    }

    /// Runs in `directory` and calls `each` with every line printed.
    pub async fn lines_in(
        self,
        directory: &Path,
        mut each: impl FnMut(&str),
    ) -> Result<Remarks, MediaError> {
        let mut lines = Lines::default();
        self.drive(directory, |bytes| lines.feed(bytes, &mut each)).await
    }

    /// Runs in a private directory and calls `each` with every line printed.
    pub async fn lines(self, each: impl FnMut(&str)) -> Result<Remarks, MediaError> {
        let directory = tempfile::tempdir()?;
        self.lines_in(directory.path(), each).await
    }

    async fn drive(
        self,
        directory: &Path,
        printed: impl FnMut(&[u8]) -> Result<(), MediaError>,
    ) -> Result<Remarks, MediaError> {
        let command = self.command(directory).await?;
        let child = spawner::spawn(command).await?;
        // On a timeout and on every error the child is dropped here, which kills it.
        let (status, said) = time::timeout(self.limits.wall_time, attend(child, printed))
            .await
            .map_err(|_| MediaError::LimitExceeded(Limit::WallTime))??;
        if status.success() {
            return Ok(Remarks(said));
        }
        let said = self.source.redact(&said);
        Err(verdict::failure(self.tool.name(), self.source, status, &said))
    }
}

async fn attend(
    mut child: Child,
    mut printed: impl FnMut(&[u8]) -> Result<(), MediaError>,
) -> Result<(ExitStatus, String), MediaError> {
    let stdout = child.stdout.take();
    let stderr = child.stderr.take();
    let mut said = Vec::new();
    let reading = read(stdout, &mut printed);
    let listening = read(stderr, |bytes| {
        keep_tail(&mut said, bytes);
        Ok(())
    });
    tokio::try_join!(reading, listening)?;
    let status = child.wait().await?;
    Ok((status, String::from_utf8_lossy(&said).into_owned()))
}

async fn read(
    pipe: Option<impl AsyncRead + Unpin>,
    mut each: impl FnMut(&[u8]) -> Result<(), MediaError>,
) -> Result<(), MediaError> {
    let Some(mut pipe) = pipe else { return Ok(()) };
    let mut buffer = vec![0; 16 * 1024];
    loop {
        match pipe.read(&mut buffer).await? {
            0 => return Ok(()),
            count => each(&buffer[..count])?,
        }
    }
}

/// Keeps the end of what was said: the reason of a failure comes last.
fn keep_tail(said: &mut Vec<u8>, bytes: &[u8]) {
    said.extend_from_slice(bytes);
    if said.len() > 2 * MAX_STDERR {
        said.drain(..said.len() - MAX_STDERR);
    }
}
