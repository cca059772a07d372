//! An object store that holds one object and answers ranges of it.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use url::Url;

/// Serves until the test ends.
pub struct Store {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
    serving: JoinHandle<()>,
}

impl Store {
    pub async fn serve(object: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (object, asked) = (Arc::new(object), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&asked);
        let serving = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let object = Arc::clone(&object);
                // A client that has read enough hangs up, and is right to.
                tokio::spawn(async move { answer(client, &object).await });
            }
        });
        Self { address, asked, serving }
    }

    pub fn url(&self) -> Url {
        Url::parse(&format!("http://{}/object.mp4?signature=secret", self.address)).unwrap()
    }

    pub fn ranges_asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Answers one request: from the first byte asked for to the end.
async fn answer(mut client: TcpStream, object: &[u8]) -> std::io::Result<()> {
    let mut head = BufReader::new(&mut client).lines();
    let mut from = 0;
    while let Some(line) = head.next_line().await?.filter(|line| !line.is_empty()) {
        if let Some(range) = line.to_ascii_lowercase().strip_prefix("range: bytes=") {
            from = range.split('-').next().unwrap().parse().unwrap();
        }
    }
    let (length, last) = (object.len(), object.len() - 1);
    let head = format!(
        "HTTP/1.1 206 Partial Content\r\nContent-Type: video/mp4\r\nAccept-Ranges: bytes\r\n\
         Content-Range: bytes {from}-{last}/{length}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        length - from
    );
    client.write_all(head.as_bytes()).await?;
    client.write_all(&object[from..]).await
}
