//! Sessions in Redis: one hash a session, one sorted set of sessions an account. All keys of an account
//! share a hash tag, so that a script may touch them together in a cluster.
//!
//! A session is open exactly as long as its hash is there. Closing it deletes the hash, and every access
//! token of it dies with the same command.

use std::{collections::HashMap, sync::LazyLock};

use chrono::{DateTime, TimeDelta, Utc};
use redis::{AsyncCommands, Script, aio::ConnectionManager};

use super::RefreshToken;
use crate::{
    Result,
    ids::{AccountId, SessionId},
};

/// The most devices that stay signed in; one more signs out the one that was idle longest.
const MOST_SESSIONS: isize = 50;

/// Where sessions are.
#[derive(Clone)]
pub struct SessionStore {
    redis: ConnectionManager,
    prefix: String,
    idle_seconds: i64,
}

/// What is known about a signed-in device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// When the person signed in.
    pub created_at: DateTime<Utc>,
    /// When it was refreshed last.
    pub last_used_at: DateTime<Utc>,
    /// What the browser or program called itself.
    pub user_agent: Option<String>,
    /// The network it came from, without the part that names one machine.
    pub network: Option<String>,
}

/// What became of a refresh token that was presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// It was the current one; its successor is current now.
    Rotated,
    /// It was the one before, just now: an answer was lost or two tabs asked at once. They are told the
    /// same successor.
    Repeated,
    /// It was used before: somebody else may have it. The session is closed.
    Reused,
    /// There is no such session.
    Gone,
}

impl SessionStore {
    /// Sessions under `prefix` that end after `idle_seconds` without being used.
    pub fn new(redis: ConnectionManager, prefix: &str, idle_seconds: u64) -> Self {
        let idle_seconds = i64::try_from(idle_seconds).unwrap_or(i64::MAX);
        Self { redis, prefix: prefix.to_owned(), idle_seconds }
    }

    /// Whether the session is open.
    pub async fn is_open(&self, account: AccountId, session: SessionId) -> Result<bool> {
        Ok(self.redis.clone().exists(self.key(account, session)).await?)
    }

    /// Opens a session. Its first refresh token is of generation 0.
    pub async fn open(&self, account: AccountId, session: &Session) -> Result<()> {
        let mut open = OPEN.key(self.key(account, session.id));
        open.key(self.list(account))
            .arg(self.idle_seconds)
            .arg(session.created_at.timestamp_millis())
            .arg(session.id.to_string())
            .arg(self.key_stem(account))
            .arg(MOST_SESSIONS)
            .arg(session.user_agent.as_deref().unwrap_or_default())
            .arg(session.network.as_deref().unwrap_or_default());
        Ok(open.invoke_async(&mut self.redis.clone()).await?)
    }

    /// Exchanges an authentic refresh token for its successor, the next generation.
    pub async fn rotate(
        &self,
        token: &RefreshToken,
        now: DateTime<Utc>,
        grace: TimeDelta,
    ) -> Result<Rotation> {
        let RefreshToken { account, session, generation } = *token;
        let mut rotate = ROTATE.key(self.key(account, session));
        rotate
            .key(self.list(account))
            .arg(self.idle_seconds)
            .arg(now.timestamp_millis())
            .arg(session.to_string())
            .arg(generation)
            .arg(grace.num_milliseconds());
        let outcome: String = rotate.invoke_async(&mut self.redis.clone()).await?;
        Ok(match outcome.as_str() {
            "rotated" => Rotation::Rotated,
            "repeated" => Rotation::Repeated,
            "reused" => Rotation::Reused,
            _ => Rotation::Gone,
        })
    }

    /// Closes one session. Says whether it was open.
    pub async fn close(&self, account: AccountId, session: SessionId) -> Result<bool> {
        let (closed, _): (i64, i64) = redis::pipe()
            .del(self.key(account, session))
            .zrem(self.list(account), session.to_string())
            .query_async(&mut self.redis.clone())
            .await?;
        Ok(closed == 1)
    }

    /// Closes all sessions of an account, but perhaps one.
    pub async fn close_all(&self, account: AccountId, but: Option<SessionId>) -> Result<()> {
        let mut close = CLOSE_ALL.key(self.list(account));
        close.arg(self.key_stem(account)).arg(but.map(|id| id.to_string()).unwrap_or_default());
        Ok(close.invoke_async(&mut self.redis.clone()).await?)
    }

    /// The open sessions, the one used last first. At most fifty.
    pub async fn list_open(&self, account: AccountId) -> Result<Vec<Session>> {
        let mut redis = self.redis.clone();
        let ids: Vec<String> = redis.zrevrange(self.list(account), 0, MOST_SESSIONS - 1).await?;
        let ids: Vec<SessionId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
        let mut read = redis::pipe();
        for id in &ids {
            read.hgetall(self.key(account, *id));
        }
        let found: Vec<HashMap<String, redis::Value>> =
            if ids.is_empty() { Vec::new() } else { read.query_async(&mut redis).await? };
        Ok(ids
            .into_iter()
            .zip(found)
            .filter_map(|(id, fields)| Session::read(id, &fields))
            .collect())
    }

    fn key(&self, account: AccountId, session: SessionId) -> String {
        format!("{}{session}", self.key_stem(account))
    }

    fn key_stem(&self, account: AccountId) -> String {
        format!("{}:{{{account}}}:session:", self.prefix)
    }

    fn list(&self, account: AccountId) -> String {
        format!("{}:{{{account}}}:sessions", self.prefix)
    }
}

impl Session {
    fn read(id: SessionId, fields: &HashMap<String, redis::Value>) -> Option<Self> {
        let text = |name| {
            let value = fields.get(name)?;
            redis::from_redis_value_ref::<String>(value).ok().filter(|text| !text.is_empty())
        };
        let time = |name| DateTime::from_timestamp_millis(text(name)?.parse().ok()?);
        Some(Self {
            id,
            created_at: time("created_at")?,
            last_used_at: time("last_used_at")?,
            user_agent: text("user_agent"),
            network: text("network"),
        })
    }
}

static OPEN: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("session_open.lua")));
static ROTATE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("session_rotate.lua")));
static CLOSE_ALL: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("session_close_all.lua")));
