//! The service as a process of its own.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use url::Url;

pub const SECRET: &str = "secret-of-the-stories";

/// How long a service may take to stop that was asked to.
const GRACE: Duration = Duration::from_secs(10);

/// A running service; it is asked to stop at the end of the test, and has to.
pub struct Vod {
    pub base: Url,
    child: Child,
}

impl Vod {
    /// Starts one on the folder `data`.
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &["--allow-faults"])
    }

    /// Starts one with these options.
    pub fn start_with(data: &Path, options: &[&str]) -> Self {
        let mut child = Self::command(data).args(options).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let listening = log
            .by_ref()
            .map_while(Result::ok)
            .inspect(|line| eprintln!("{line}"))
            .find(|line| line.contains("serving listen="))
            .expect("the service starts");
        // The pipe is read to its end, or the service would hang on a full one.
        thread::spawn(move || log.map_while(Result::ok).for_each(|line| eprintln!("{line}")));
        let address = listening.split("listen=").nth(1).unwrap().split(' ').next().unwrap();
        Self { base: Url::parse(&format!("http://{address}")).unwrap(), child }
    }

    /// The command that starts one, for tests of the start itself.
    pub fn command(data: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vod"));
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env("CREATOR_STUDIO_VOD_SECRET", SECRET)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null());
        command
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }
}

impl Drop for Vod {
    fn drop(&mut self) {
        if self.has_ended() {
            return;
        }
        // SIGTERM, as a supervisor would.
        Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        let asked = Instant::now();
        while !self.has_ended() {
            if asked.elapsed() > GRACE {
                self.child.kill().unwrap();
                self.child.wait().unwrap();
                assert!(thread::panicking(), "the service did not stop within {GRACE:?}");
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}
