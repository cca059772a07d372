//! One confined run of ffprobe or ffmpeg.

mod isolation;
mod lines;
mod run;
mod spawner;
mod verdict;

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::process::Command;

use crate::{Limits, MediaError, Source, allowlist};
use isolation::Network;

/// The two programs that touch media.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tool {
    Ffprobe,
    Ffmpeg,
}

impl Tool {
    fn name(self) -> &'static str {
        match self {
            Self::Ffprobe => "ffprobe",
            Self::Ffmpeg => "ffmpeg",
        }
    }
}

/// A run that is being described: the tool, its input and its remaining arguments.
pub(crate) struct Run<'a> {
    tool: Tool,
    source: &'a Source,
    limits: &'a Limits,
    arguments: Vec<OsString>,
}

impl<'a> Run<'a> {
    /// Starts the description with the options that every run carries. ffmpeg binds them to the input
    /// that follows, so they are given again for each one.
    pub fn new(tool: Tool, source: &'a Source, limits: &'a Limits) -> Self {
        let run = Self { tool, source, limits, arguments: Vec::new() };
        // Warnings are kept: they tell a truncated file from one that never was media.
        let run = run.args(["-hide_banner", "-v", "warning", "-max_alloc", "1073741824"]);
        match tool {
            Tool::Ffprobe => run,
            Tool::Ffmpeg => run.args(["-nostdin", "-y", "-filter_complex_threads", "1"]),
        }
    }

    /// Appends arguments.
    pub fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.arguments.extend(arguments.into_iter().map(|a| a.as_ref().to_owned()));
        self
    }

    /// Appends the source as the next input, with the lists and bounds of what may be read from it.
    pub fn input(self) -> Result<Self, MediaError> {
        let source = self.source.argument()?;
        let run = self.guards();
        Ok(run.args([OsStr::new("-i"), &source]))
    }

    fn guards(self) -> Self {
        let limits = self.limits;
        let protocols = self.source.protocols();
        let run = self
            .args(["-protocol_whitelist", protocols])
            .args(["-format_whitelist", &allowlist::demuxers()])
            .args(["-codec_whitelist", &allowlist::decoders()])
            .args(["-max_streams", &limits.max_streams.to_string()])
            .args(["-threads", &limits.threads.to_string()]);
        let run = match run.tool {
            // It would then report frames of no size: the caller compares sizes, memory is limited.
            Tool::Ffprobe => run,
            Tool::Ffmpeg => run.args(["-max_pixels", &limits.max_pixels.to_string()]),
        };
        match run.source {
            Source::File(_) => run,
            // A server that stops talking is given up after 20 s (microseconds).
            Source::Url(_) => run.args(["-rw_timeout", "20000000"]),
        }
    }

    /// The confined command: `unshare` (no network) → `setpriv` (dies with us, gains nothing) →
    /// `prlimit` (limits) → the tool. Each replaces itself by the next, so one kill ends them all.
    async fn command(&self, directory: &Path) -> Result<Command, MediaError> {
        let mut words: Vec<OsString> = Vec::new();
        if let Network::None = isolation::network_for(self.source).await? {
            words.push(find_on_path("unshare")?.into());
            words.extend(isolation::WITHOUT_NETWORK.map(OsString::from));
        }
        words.push(find_on_path("setpriv")?.into());
        words.extend(["--pdeathsig", "KILL", "--no-new-privs", "--"].map(OsString::from));
        words.push(find_on_path("prlimit")?.into());
        words.extend(self.rlimits().map(OsString::from));
        words.push("--".into());
        words.push(find_on_path(self.tool.name())?.into());

        let mut words = words.into_iter().chain(self.arguments.iter().cloned());
        let mut command = Command::new(words.next().unwrap_or_default());
        command
            .args(words)
            .env_clear()
            .env("LC_ALL", "C")
            .env("HOME", directory)
            .env("TMPDIR", directory)
            .current_dir(directory)
            .process_group(0) // Ctrl-C in a terminal is for us to act on
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        Ok(command)
    }

    fn rlimits(&self) -> [String; 5] {
        let cpu = self.limits.cpu_time.as_secs().max(1);
        [
            format!("--as={}", self.limits.memory_bytes),
            format!("--cpu={cpu}:{cpu}"), // hard at once: ffmpeg takes the soft limit's signal for a polite request
            format!("--fsize={}", self.limits.output_bytes),
            "--nofile=128".into(),
            "--core=0".into(),
        ]
    }
}

/// The program's absolute path. The environment of the run is empty, so it is looked up here.
fn find_on_path(tool: &'static str) -> Result<PathBuf, MediaError> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(tool))
        .find(|candidate| candidate.is_file())
        .ok_or(MediaError::ToolMissing { tool })
}
