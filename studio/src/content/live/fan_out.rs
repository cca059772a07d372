//! "Look now", from whoever changed something to whoever is watching, in whatever process.

use std::{
    collections::{HashMap, HashSet},
    mem,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use futures::StreamExt;
use redis::{AsyncCommands, aio::ConnectionManager};
use secrecy::ExposeSecret;
use sqlx::PgPool;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use crate::{Result, config::Config, ids::AccountId};

/// How often a process looks by itself for changes of the people it shows them to.
const POLL: Duration = Duration::from_secs(3);
/// How long to wait before asking a lost Redis again.
const PAUSE: Duration = Duration::from_secs(2);

/// Says "look now". Cheap to clone; one of each process.
#[derive(Clone)]
pub struct Live {
    inner: Arc<Inner>,
}

struct Inner {
    db: PgPool,
    redis: ConnectionManager,
    client: redis::Client,
    channel: String,
    watched: Mutex<HashMap<AccountId, watch::Sender<i64>>>,
    outgoing: Mutex<HashSet<AccountId>>,
    something_to_say: Notify,
    talking: OnceLock<()>,
    listening: OnceLock<()>,
}

impl Live {
    /// Makes it; nothing runs until somebody watches or announces.
    ///
    /// # Errors
    /// An address of Redis that cannot be read.
    pub fn new(config: &Config, db: PgPool, redis: ConnectionManager) -> Result<Self> {
        let client = redis::Client::open(config.redis.url.expose_secret())?;
        let channel = format!("{}:live", config.redis.prefix);
        let inner = Inner {
            db,
            redis,
            client,
            channel,
            watched: Mutex::default(),
            outgoing: Mutex::default(),
            something_to_say: Notify::new(),
            talking: OnceLock::new(),
            listening: OnceLock::new(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Says, after a commit, that something of this person's changed. Never waits and never fails: who
    /// misses it finds the change at the next poll.
    pub fn announce(&self, owner: AccountId) {
        self.inner.wake(owner, None);
        lock(&self.inner.outgoing).insert(owner);
        self.inner.something_to_say.notify_one();
        self.inner.talking.get_or_init(|| {
            tokio::spawn(talk(self.inner.clone()));
        });
    }

    /// Is told whenever something of this person's may have changed.
    pub(super) fn subscribe(&self, owner: AccountId) -> watch::Receiver<i64> {
        self.inner.listening.get_or_init(|| {
            tokio::spawn(listen(self.inner.clone()));
            tokio::spawn(poll(self.inner.clone()));
        });
        lock(&self.inner.watched).entry(owner).or_insert_with(|| watch::Sender::new(0)).subscribe()
    }
}

impl Inner {
    /// `last`, when it is known, keeps a poll from waking watchers for nothing.
    fn wake(&self, owner: AccountId, last: Option<i64>) {
        let mut watched = lock(&self.watched);
        let Some(sender) = watched.get(&owner) else { return };
        if sender.receiver_count() == 0 {
            watched.remove(&owner);
            return;
        }
        sender.send_if_modified(|known| match last {
            Some(last) if last <= *known => false,
            Some(last) => {
                *known = last;
                true
            }
            None => true,
        });
    }

    fn owners(&self) -> Vec<Uuid> {
        let mut watched = lock(&self.watched);
        watched.retain(|_, sender| sender.receiver_count() > 0);
        watched.keys().map(|owner| owner.0).collect()
    }
}

async fn talk(inner: Arc<Inner>) {
    let mut redis = inner.redis.clone();
    loop {
        inner.something_to_say.notified().await;
        let owners = mem::take(&mut *lock(&inner.outgoing));
        for owner in owners {
            let said: redis::RedisResult<()> =
                redis.publish(&inner.channel, owner.to_string()).await;
            if let Err(error) = said {
                tracing::debug!(%error, "could not announce a change; watchers find it when they poll");
            }
        }
    }
}

async fn listen(inner: Arc<Inner>) {
    loop {
        if let Err(error) = listen_once(&inner).await {
            tracing::warn!(%error, "live updates come by polling until Redis is back");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn listen_once(inner: &Inner) -> redis::RedisResult<()> {
    let mut subscription = inner.client.get_async_pubsub().await?;
    subscription.subscribe(&inner.channel).await?;
    let mut messages = subscription.on_message();
    while let Some(message) = messages.next().await {
        let owner: String = message.get_payload()?;
        if let Ok(owner) = owner.parse() {
            inner.wake(owner, None);
        }
    }
    Ok(())
}

async fn poll(inner: Arc<Inner>) {
    loop {
        tokio::time::sleep(POLL).await;
        if let Err(error) = poll_once(&inner).await {
            tracing::warn!(%error, "could not look for changes");
        }
    }
}

async fn poll_once(inner: &Inner) -> Result<()> {
    let owners = inner.owners();
    if owners.is_empty() {
        return Ok(());
    }
    let rows = sqlx::query!(
        r#"select owner as "owner: AccountId", last from owner_changes where owner = any($1)"#,
        &owners
    );
    for row in rows.fetch_all(&inner.db).await? {
        inner.wake(row.owner, Some(row.last));
    }
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
