//! A gate before one or several servers: forwards connections in turn, and can be shut.
//!
//! A shut gate refuses new connections and cuts the open ones, as a server does that goes down; the
//! server itself stays up for the tests beside this one.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A gate on a port of its own.
#[derive(Debug)]
pub struct Gate {
    /// Where clients connect.
    pub address: SocketAddr,
    open: watch::Sender<bool>,
    servers: watch::Sender<Vec<String>>,
}

impl Gate {
    /// Opens a gate before `servers` (`host:port`).
    pub async fn before(servers: impl IntoIterator<Item = String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (open, is_open) = watch::channel(true);
        let (servers, known) = watch::channel(servers.into_iter().collect());
        tokio::spawn(forward_all(listener, known, is_open));
        Self { address, open, servers }
    }

    /// Shuts it: open connections break, new ones are refused.
    pub fn shut(&self) {
        self.open.send_replace(false);
    }

    /// Opens it again.
    pub fn open(&self) {
        self.open.send_replace(true);
    }

    /// Changes who stands behind it.
    pub fn lead_to(&self, servers: impl IntoIterator<Item = String>) {
        self.servers.send_replace(servers.into_iter().collect());
    }

    /// The same address with this gate in place of the server.
    pub fn instead_of(&self, url: &str) -> String {
        let mut url: url::Url = url.parse().expect("an address");
        url.set_port(Some(self.address.port())).expect("an address with a host");
        url.set_host(Some("127.0.0.1")).expect("an address with a host");
        url.to_string()
    }
}

async fn forward_all(
    listener: TcpListener,
    servers: watch::Receiver<Vec<String>>,
    open: watch::Receiver<bool>,
) {
    let turn = Arc::new(AtomicUsize::new(0));
    while let Ok((client, _)) = listener.accept().await {
        if *open.borrow() {
            tokio::spawn(forward(client, servers.borrow().clone(), turn.clone(), open.clone()));
        }
    }
}

/// Connects to the next server that takes the connection, and carries bytes until either side, or
/// the gate, ends it.
async fn forward(
    mut client: TcpStream,
    servers: Vec<String>,
    turn: Arc<AtomicUsize>,
    mut open: watch::Receiver<bool>,
) {
    for _ in 0..servers.len() {
        let next = turn.fetch_add(1, Ordering::Relaxed) % servers.len();
        let Ok(mut server) = TcpStream::connect(&servers[next]).await else { continue };
        tokio::select! {
            _ = copy_bidirectional(&mut client, &mut server) => {}
            _ = open.wait_for(|open| !open) => {}
        }
        return;
    }
}

/// `host:port` of an address.
pub fn authority(url: &str) -> String {
    let url: url::Url = url.parse().expect("an address");
    format!("{}:{}", url.host_str().expect("a host"), url.port().expect("a port"))
}
