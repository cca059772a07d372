//! Files for the tests, made on the spot by the real ffmpeg.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Where the eight clips are kept between runs.
pub fn clip_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("clips")
}

/// A folder that goes with the test.
pub struct Files(tempfile::TempDir);

impl Files {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A file of these bytes.
    pub fn written(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// A file that ffmpeg made from `arguments`.
    pub fn made(&self, name: &str, arguments: &str) -> PathBuf {
        let path = self.path(name);
        let status = ffmpeg(arguments).arg(&path).status().unwrap();
        assert!(status.success(), "ffmpeg could not make {name}");
        path
    }

    /// A file that ffmpeg wrote to a pipe: it could not go back and complete the header.
    pub fn piped(&self, name: &str, arguments: &str) -> PathBuf {
        let output = ffmpeg(arguments).arg("pipe:1").stderr(Stdio::inherit()).output().unwrap();
        assert!(output.status.success(), "ffmpeg could not make {name}");
        self.written(name, &output.stdout)
    }
}

fn ffmpeg(arguments: &str) -> Command {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-y"]).args(arguments.split_whitespace());
    command
}
