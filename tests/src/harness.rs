//! A whole Creator Studio for one test.

use std::{collections::HashMap, path::PathBuf, sync::Once, time::Duration};

use ed25519_dalek::{
    SigningKey,
    pkcs8::{EncodePrivateKey, spki::der::pem::LineEnding},
};
use poem::listener::{Acceptor, Listener, TcpListener};
use serde_json::json;
use studio::Studio;
use tokio_util::sync::CancellationToken;
use url::Url;
use uuid::Uuid;

use crate::{
    Client, Vod, database, leftovers,
    processes::{Process, free_port, wait_until_answers},
    servers, settings, vod,
};

/// The password of everybody in the tests.
pub const PASSWORD: &str = "a-long-enough-password-7";

/// A whole Creator Studio for one test: its own stores, an API on a port of its own, no worker yet.
pub struct Harness {
    /// What the API and the workers of this test share.
    pub studio: Studio,
    /// The address of the API.
    pub base: Url,
    /// A folder for files of this test; gone with it.
    pub folder: tempfile::TempDir,
    variables: HashMap<String, String>,
    stop: CancellationToken,
    leftovers_allowed: bool,
}

impl Harness {
    /// Starts one.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Starts one beside a VOD service of its own.
    pub async fn start_with_vod() -> (Self, Vod) {
        Self::start_with_vod_and(&[]).await
    }

    /// Starts one beside a VOD service of its own, with other settings than those of the tests.
    pub async fn start_with_vod_and(settings: &[(&str, &str)]) -> (Self, Vod) {
        install_tls();
        let folder = tempfile::tempdir().expect("a folder of its own");
        let vod = Vod::start(folder.path()).await;
        let mut settings = settings.to_vec();
        settings.push(("CREATOR_STUDIO_VOD_URL", vod.base.as_str()));
        // On the heap: all settings of a studio would weigh on the future of every test.
        (Box::pin(Self::start_in(folder, &settings)).await, vod)
    }

    /// Starts one with other settings than those of the tests (`CREATOR_STUDIO_…`, value).
    pub async fn start_with(settings: &[(&str, &str)]) -> Self {
        Self::start_in(tempfile::tempdir().expect("a folder of its own"), settings).await
    }

    async fn start_in(folder: tempfile::TempDir, settings: &[(&str, &str)]) -> Self {
        install_tls();
        let acceptor = listen().await;
        let base = address_of(&acceptor);
        let mut variables = variables(&database::create().await, &base);
        variables.extend(settings.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        let studio = connect(&variables).await;
        studio.prepare().await.expect("the stores of a test can be prepared");
        let stop = CancellationToken::new();
        serve(studio.clone(), acceptor, &stop);
        Self { studio, base, folder, variables, stop, leftovers_allowed: false }
    }

    /// Somebody whom nobody knows yet.
    pub fn anonymous(&self) -> Client {
        Client::new(self.base.clone())
    }

    /// A mail address that no other test uses.
    pub fn fresh_address(&self, name: &str) -> String {
        format!("{name}-{}@people.test", Uuid::now_v7().simple())
    }

    /// A signed-in person of the given roles, with a verified address.
    pub async fn person(&self, name: &str, roles: &[studio::accounts::Role]) -> (Client, String) {
        let email = self.fresh_address(name);
        studio::accounts::demo::create(&self.studio, &email, name, PASSWORD, roles)
            .await
            .expect("a person of a test");
        let mut client = self.anonymous();
        client.sign_in(&email, PASSWORD).await;
        (client, email)
    }

    /// A signed-in creator.
    pub async fn creator(&self) -> Client {
        self.person("creator", &[studio::accounts::Role::Creator]).await.0
    }

    /// A signed-in member of ops.
    pub async fn ops(&self) -> Client {
        self.person("ops", &[studio::accounts::Role::Ops]).await.0
    }

    /// Runs the real pools until nothing is due.
    pub async fn run_until_idle(&self) {
        workers::run_until_idle(&self.studio).await.expect("the pools run until idle");
    }

    /// Runs the real pools, and waits for the VOD service in between, until neither has anything to do.
    pub async fn run_until_settled(&self, vod: &Vod) {
        loop {
            self.run_until_idle().await;
            vod.at_rest().await;
            if leftovers::nothing_is_due(&self.studio.db).await {
                return;
            }
        }
    }

    /// Moves the clock of this test's database.
    pub async fn advance(&self, by: Duration) {
        let mut db = self.studio.db.acquire().await.expect("the database of the test");
        jobs::clock::advance(&mut db, by).await.expect("the clock of a test can be moved");
    }

    /// The address of another API on the same stores, with other settings than those of this test
    /// (`CREATOR_STUDIO_…`, value).
    pub async fn api_with(&self, settings: &[(&str, &str)]) -> Url {
        let acceptor = listen().await;
        let base = address_of(&acceptor);
        let mut variables = self.variables.clone();
        variables.extend(settings.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        serve(connect(&variables).await, acceptor, &self.stop);
        base
    }

    /// Another process of the API, with its address.
    pub async fn api_process(&self) -> (Process, Url) {
        let port = free_port();
        let base: Url = format!("http://127.0.0.1:{port}").parse().expect("an address");
        let mut variables = self.variables.clone();
        variables.insert("CREATOR_STUDIO_LISTEN".to_owned(), format!("127.0.0.1:{port}"));
        let process = Process::start("creator-studio", &["api"], &variables, &self.log("api"));
        wait_until_answers(&base.join("/readyz").expect("an address")).await;
        (process, base)
    }

    /// A worker process that serves the given pools.
    pub fn worker_process(&self, pools: &[&str]) -> Process {
        self.worker_process_with(pools, &[])
    }

    /// The same, with other settings than those of this test (`DATABASE_URL`, value).
    pub fn worker_process_with(&self, pools: &[&str], settings: &[(&str, &str)]) -> Process {
        let mut variables = self.variables.clone();
        let name = |name: &str| format!("CREATOR_STUDIO_{name}");
        variables.extend(settings.iter().map(|(k, v)| (name(k), (*v).to_owned())));
        let mut arguments = vec!["worker"];
        for pool in pools {
            arguments.extend(["--pool", pool]);
        }
        Process::start("creator-studio", &arguments, &variables, &self.log("worker"))
    }

    /// A process that only reads the engagement events of this test, and keeps them as
    /// [`streaming::take`](crate::streaming::take) does.
    pub fn reader_process(&self) -> Process {
        Process::start("reader", &[], &self.variables, &self.log("reader"))
    }

    /// The address of this test's database.
    pub fn database(&self) -> &str {
        &self.variables["CREATOR_STUDIO_DATABASE_URL"]
    }

    /// Waits, where processes do the work, until no job is due or running; gives up after a minute.
    pub async fn wait_until_nothing_is_due(&self) {
        for _ in 0..600 {
            if leftovers::nothing_is_due(&self.studio.db).await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("jobs are still due after a minute");
    }

    /// The settings of this test as its processes get them.
    pub fn variables(&self) -> &HashMap<String, String> {
        &self.variables
    }

    /// The file into which processes of this name write.
    pub fn log(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("{name}.log"))
    }

    /// Shows the end of what the processes of a failed test said.
    fn show_logs(&self) {
        for name in ["api", "worker", "reader", "vod"] {
            let text = std::fs::read_to_string(self.log(name)).unwrap_or_default();
            let lines: Vec<_> = text.lines().rev().take(40).collect();
            for line in lines.into_iter().rev() {
                eprintln!("{name}: {line}");
            }
        }
    }

    /// Says that this test leaves jobs behind on purpose.
    pub fn allow_leftovers(&mut self) {
        self.leftovers_allowed = true;
    }
}

/// Takes everything away, and fails the test that leaves a job due or dead.
impl Drop for Harness {
    fn drop(&mut self) {
        self.stop.cancel();
        if std::thread::panicking() {
            self.show_logs();
        }
        let url = self.variables["CREATOR_STUDIO_DATABASE_URL"].clone();
        let check = !self.leftovers_allowed && !std::thread::panicking();
        let leftovers = std::thread::spawn(move || tear_down(&url, check)).join();
        match leftovers {
            Ok(left) => assert!(left.is_empty(), "jobs are left behind: {left:?}"),
            Err(_) if std::thread::panicking() => {}
            Err(cause) => std::panic::resume_unwind(cause),
        }
    }
}

/// Runs on a thread of its own: a drop cannot wait on the runtime that it stands in.
fn tear_down(url: &str, check: bool) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let left = if check { left_in(url).await } else { Vec::new() };
        database::drop(url).await;
        left
    })
}

/// Jobs that are due or dead. Those that wait for their time, a schedule's next for one, may stay.
async fn left_in(url: &str) -> Vec<String> {
    let pool = sqlx::PgPool::connect(url).await.expect("the database of the test");
    let left = leftovers::of(&pool).await;
    pool.close().await;
    left
}

/// Chooses the TLS implementation of this process, once.
pub fn install_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

fn serve(studio: Studio, acceptor: impl Acceptor + 'static, stop: &CancellationToken) {
    let serving = api::serve(studio, acceptor, stop.clone());
    tokio::spawn(async move { serving.await.expect("the API serves until it is stopped") });
}

async fn listen() -> impl Acceptor + 'static {
    TcpListener::bind("127.0.0.1:0").into_acceptor().await.expect("a free port")
}

fn address_of(acceptor: &impl Acceptor) -> Url {
    let address = acceptor.local_addr().into_iter().next().expect("an address");
    let address = address.as_socket_addr().expect("a socket address").to_owned();
    format!("http://{address}").parse().expect("an address")
}

async fn connect(variables: &HashMap<String, String>) -> Studio {
    Studio::connect(settings::read(variables)).await.expect("clients of the test's servers")
}

/// The settings of a test.
fn variables(database: &str, base: &Url) -> HashMap<String, String> {
    let own = Uuid::now_v7().simple().to_string();
    let (access_key, secret_key) = servers::s3_keys();
    let settings = json!({
        "ENV": "test",
        "LISTEN": "127.0.0.1:0",
        "PUBLIC_URL": base.as_str(),
        "DATABASE_URL": database,
        "DATABASE_CONNECTIONS": "5",
        "REDIS_URL": servers::redis(),
        "REDIS_PREFIX": format!("test-{own}"),
        "MONGO_URL": servers::mongo(),
        "MONGO_DATABASE": format!("test_{own}"),
        "S3_ENDPOINT": servers::s3(),
        "S3_ACCESS_KEY": access_key,
        "S3_SECRET_KEY": secret_key,
        "S3_BUCKET": "creator-studio-tests",
        "S3_KEY_PREFIX": format!("{own}/"),
        "S3_PATH_STYLE": "true",
        "S3_ENCRYPTION": "none",
        "KAFKA_BROKERS": servers::kafka(),
        "KAFKA_EVENTS_TOPIC": format!("events-{own}"),
        "KAFKA_PLATFORM_TOPIC": format!("platform-{own}"),
        "KAFKA_GROUP": format!("group-{own}"),
        "SMTP_URL": servers::smtp(),
        "VOD_URL": "http://127.0.0.1:9",
        "VOD_SECRET": vod::SECRET,
        "VOD_POLL_SECONDS": "60",
        "TOKEN_KEY": token_key(),
        "LEASE_SECONDS": "2",
    });
    let settings: HashMap<String, String> = serde_json::from_value(settings).expect("texts");
    settings.into_iter().map(|(name, value)| (format!("CREATOR_STUDIO_{name}"), value)).collect()
}

fn token_key() -> String {
    let seed: Vec<u8> =
        [Uuid::new_v4(), Uuid::new_v4()].iter().flat_map(|u| u.into_bytes()).collect();
    let key = SigningKey::from_bytes(&seed.try_into().expect("32 bytes"));
    key.to_pkcs8_pem(LineEnding::default()).expect("a key").to_string()
}
