//! The real binaries as real processes: started, killed, started again.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};
use url::Url;

/// A running process; it dies with this value.
#[derive(Debug)]
pub struct Process {
    child: Child,
    name: String,
}

impl Process {
    /// Starts `binary` of this workspace with nothing in its environment but `variables` and the path.
    /// What it prints goes to `log`.
    pub fn start(
        binary: &str,
        arguments: &[&str],
        variables: &HashMap<String, String>,
        log: &Path,
    ) -> Self {
        Self::start_program(&path_of(binary), arguments, variables, log)
    }

    /// The same for a program from elsewhere.
    pub fn start_program(
        program: &Path,
        arguments: &[&str],
        variables: &HashMap<String, String>,
        log: &Path,
    ) -> Self {
        let output = std::fs::File::options()
            .create(true)
            .append(true)
            .open(log)
            .expect("the folder of the logs can be written");
        let child = Command::new(program)
            .args(arguments)
            .env_clear()
            .envs(std::env::var("PATH").map(|path| ("PATH".to_owned(), path)))
            // where an instrumented program says what it ran (`make coverage`)
            .envs(
                std::env::var("LLVM_PROFILE_FILE")
                    .map(|file| ("LLVM_PROFILE_FILE".to_owned(), file)),
            )
            .envs(variables)
            .stdin(Stdio::null())
            .stdout(output.try_clone().expect("one more handle"))
            .stderr(output)
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let name = program.file_name().expect("a program has a name").to_string_lossy();
        Self { child, name: name.into_owned() }
    }

    /// `kill -9`, and waits until the process is gone.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("a process of ours can be killed");
    }

    /// Asks it to stop (SIGTERM) and waits until it did.
    pub async fn stop(mut self) -> std::process::ExitStatus {
        let pid = self.child.id().expect("a running process has an id");
        Command::new("kill").arg(pid.to_string()).status().await.expect("kill(1) is there");
        self.child.wait().await.expect("it stops")
    }

    /// Waits until it ended by itself.
    pub async fn wait(mut self) -> std::process::ExitStatus {
        self.child.wait().await.expect("it ends")
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// How much memory it holds, in bytes (`VmRSS` of proc(5)).
    pub fn memory_bytes(&self) -> u64 {
        let pid = self.child.id().expect("a running process has an id");
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("proc(5)");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("VmRSS");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
    }

    /// The name of its binary.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A running client whose output the test reads.
#[derive(Debug)]
pub struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    /// Starts a client of this workspace.
    pub fn start<'a>(binary: &str, arguments: impl IntoIterator<Item = &'a str>) -> Self {
        let mut child = Command::new(path_of(binary))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{binary} does not start: {error}"));
        let output = child.stdout.take().expect("its output is piped");
        Self { child, lines: BufReader::new(output).lines() }
    }

    /// Waits for the next line that starts with `start`, and gives the rest of it.
    pub async fn line_that_starts_with(&mut self, start: &str) -> String {
        while let Some(line) = self.lines.next_line().await.expect("its output can be read") {
            if let Some(rest) = line.strip_prefix(start) {
                return rest.to_owned();
            }
        }
        panic!("it ended before it said {start:?}");
    }

    /// `kill -9`, and waits until it is gone.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("a process of ours can be killed");
    }

    /// Reads on until it ended by itself.
    pub async fn wait(mut self) -> std::process::ExitStatus {
        while self.lines.next_line().await.expect("its output can be read").is_some() {}
        self.child.wait().await.expect("it ends")
    }
}

/// Where the build put a binary: beside the folder of the test binary.
fn path_of(binary: &str) -> PathBuf {
    let me = std::env::current_exe().expect("a running program has a path");
    let folder = me.ancestors().nth(2).expect("target/<profile>/deps/<test>");
    let path = folder.join(binary);
    assert!(path.exists(), "{} is not built: run `cargo build --workspace`", path.display());
    path
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// Waits until a process that just started answers well at `url`; gives up after half a minute.
pub async fn wait_until_answers(url: &Url) {
    let well = async {
        while !reqwest::get(url.clone()).await.is_ok_and(|answer| answer.status().is_success()) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let patience = Duration::from_secs(30);
    assert!(tokio::time::timeout(patience, well).await.is_ok(), "{url} does not answer");
}
