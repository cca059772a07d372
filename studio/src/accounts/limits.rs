//! How often somebody may try. Counted in Redis for all processes together; while Redis is down each
//! process counts for itself, so the limits hold, only wider by the number of processes.
//!
//! The rule is the generic cell rate algorithm (ITU-T I.371, annex A): so many at once, then one at a time
//! as time passes. In Redis it is a script on one key, which a cluster can place anywhere.

use std::{
    collections::HashMap, net::IpAddr, num::NonZeroU32, sync::Arc, sync::LazyLock, time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use redis::{Script, aio::ConnectionManager};
use sha2::{Digest, Sha256};

use super::refusals;
use crate::{Refusal, Result};

/// How long Redis is waited for before a process counts for itself.
const PATIENCE: Duration = Duration::from_millis(500);
/// Beyond so many remembered subjects the ones that tried long ago are forgotten.
const MOST_REMEMBERED: usize = 50_000;

/// One limit: so many at once, and as many again in each window.
#[derive(Debug)]
pub struct Limit {
    name: &'static str,
    most: NonZeroU32,
    window: Duration,
}

/// Sign-in by one address; a successful one clears it.
pub static SIGN_IN_OF_ADDRESS: Limit = limit("sign-in-of-address", 10, 15 * 60);
/// Sign-in from one network.
pub static SIGN_IN_FROM_NETWORK: Limit = limit("sign-in-from-network", 120, 60);
/// Continuing sessions from one network.
pub static REFRESH_FROM_NETWORK: Limit = limit("refresh-from-network", 600, 60);
/// Registering from one network.
pub static REGISTER_FROM_NETWORK: Limit = limit("register-from-network", 60, 10 * 60);
/// Mails that anybody can make us send to one address.
pub static MAIL_TO_ADDRESS: Limit = limit("mail-to-address", 5, 60 * 60);
/// Asking for mails from one network.
pub static MAIL_FROM_NETWORK: Limit = limit("mail-from-network", 60, 10 * 60);
/// Presenting mailed tokens from one network.
pub static MAILED_TOKEN_FROM_NETWORK: Limit = limit("mailed-token-from-network", 60, 10 * 60);
/// Trying the current password of an account that is signed in.
pub static PASSWORD_OF_ACCOUNT: Limit = limit("password-of-account", 10, 15 * 60);
/// Making API tokens.
pub static TOKENS_OF_ACCOUNT: Limit = limit("tokens-of-account", 60, 60 * 60);

/// Reporting page loads from one network.
pub static PAGE_LOADS_FROM_NETWORK: Limit = limit("page-loads-from-network", 300, 60);

/// Reporting events for one viewer.
pub static ENGAGEMENT_OF_VIEWER: Limit = limit("engagement-of-viewer", 60, 60);
/// Reporting events from one network.
pub static ENGAGEMENT_FROM_NETWORK: Limit = limit("engagement-from-network", 6_000, 60);

static ALL: [&Limit; 12] = [
    &SIGN_IN_OF_ADDRESS,
    &SIGN_IN_FROM_NETWORK,
    &REFRESH_FROM_NETWORK,
    &REGISTER_FROM_NETWORK,
    &MAIL_TO_ADDRESS,
    &MAIL_FROM_NETWORK,
    &MAILED_TOKEN_FROM_NETWORK,
    &PASSWORD_OF_ACCOUNT,
    &TOKENS_OF_ACCOUNT,
    &PAGE_LOADS_FROM_NETWORK,
    &ENGAGEMENT_OF_VIEWER,
    &ENGAGEMENT_FROM_NETWORK,
];

const fn limit(name: &'static str, most: u32, window_seconds: u64) -> Limit {
    let most = NonZeroU32::MIN.saturating_add(most - 1);
    Limit { name, most, window: Duration::from_secs(window_seconds) }
}

/// Counts attempts.
#[derive(Clone)]
pub struct Limiter {
    redis: ConnectionManager,
    prefix: String,
    alone: Arc<HashMap<&'static str, DefaultKeyedRateLimiter<String>>>,
}

impl Limiter {
    /// Counts under `prefix`.
    pub fn new(redis: ConnectionManager, prefix: &str) -> Self {
        let alone =
            ALL.iter().map(|limit| (limit.name, RateLimiter::keyed(limit.quota()))).collect();
        Self { redis, prefix: format!("{prefix}:limit"), alone: Arc::new(alone) }
    }

    /// Counts one attempt of `subject`.
    ///
    /// # Errors
    /// [`refusals::TOO_MANY_ATTEMPTS`], with the time until the next is allowed.
    pub async fn take(&self, limit: &Limit, subject: &str) -> Result<()> {
        let key = self.key(limit, subject);
        let wait = match self.take_together(limit, &key).await {
            Some(wait) => wait,
            None => self.take_alone(limit, &key),
        };
        wait.map_or(Ok(()), |wait| Err(too_many(wait).into()))
    }

    /// Forgets the attempts of `subject`.
    pub async fn clear(&self, limit: &Limit, subject: &str) {
        let mut redis = self.redis.clone();
        let mut forget = redis::cmd("DEL");
        let forget = forget.arg(self.key(limit, subject)).exec_async(&mut redis);
        // Not forgotten is only stricter.
        let _ = tokio::time::timeout(PATIENCE, forget).await;
    }

    /// How long to wait, by all processes' count; nothing if Redis does not answer.
    async fn take_together(&self, limit: &Limit, key: &str) -> Option<Option<Duration>> {
        let mut take = TAKE.key(key);
        take.arg(limit.most.get()).arg(limit.interval_micros());
        let mut redis = self.redis.clone();
        let answer = tokio::time::timeout(PATIENCE, take.invoke_async::<u64>(&mut redis)).await;
        match answer {
            Ok(Ok(0)) => Some(None),
            Ok(Ok(micros)) => Some(Some(Duration::from_micros(micros))),
            Ok(Err(error)) => {
                tracing::warn!(%error, "Redis does not count attempts; this process does");
                None
            }
            Err(_) => {
                tracing::warn!("Redis is too slow to count attempts; this process does");
                None
            }
        }
    }

    fn take_alone(&self, limit: &Limit, key: &str) -> Option<Duration> {
        let counted = self.alone.get(limit.name)?;
        if counted.len() > MOST_REMEMBERED {
            counted.retain_recent();
        }
        let refused = counted.check_key(&key.to_owned()).err()?;
        Some(refused.wait_time_from(governor::clock::DefaultClock::default().now()))
    }

    /// Subjects are addresses of people and machines: only their hash is kept.
    fn key(&self, limit: &Limit, subject: &str) -> String {
        let subject = Sha256::digest(subject);
        format!("{}:{}:{}", self.prefix, limit.name, hex::encode(&subject[..16]))
    }
}

impl Limit {
    fn quota(&self) -> Quota {
        let interval = Duration::from_micros(self.interval_micros());
        let quota = Quota::with_period(interval).unwrap_or(Quota::per_second(NonZeroU32::MIN));
        quota.allow_burst(self.most)
    }

    fn interval_micros(&self) -> u64 {
        let window = u64::try_from(self.window.as_micros()).unwrap_or(u64::MAX);
        window / u64::from(self.most.get())
    }
}

fn too_many(wait: Duration) -> Refusal {
    // Whole seconds, rounded up: coming back then is never too early.
    let wait = Duration::from_secs(wait.as_secs() + 1);
    refusals::TOO_MANY_ATTEMPTS.refuse().retry_after(wait)
}

/// The network that counts as one subject: an IPv4 address, or the /64 that one customer has in IPv6.
pub fn network_of(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        None => "unknown".to_owned(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

static TAKE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("limit_take.lua")));

#[cfg(test)]
mod tests {
    use super::*;

    /// A Redis that nobody can reach.
    fn alone() -> Limiter {
        let client = redis::Client::open("redis://127.0.0.1:1").unwrap();
        let config = redis::aio::ConnectionManagerConfig::new().set_number_of_retries(0);
        let redis = ConnectionManager::new_lazy_with_config(client, config).unwrap();
        Limiter::new(redis, "test")
    }

    #[tokio::test]
    async fn limits_hold_while_redis_is_down() {
        let limiter = alone();
        for _ in 0..10 {
            limiter.take(&SIGN_IN_OF_ADDRESS, "ana@example.org").await.unwrap();
        }
        let error = limiter.take(&SIGN_IN_OF_ADDRESS, "ana@example.org").await.unwrap_err();
        assert_eq!(error.code(), Some("auth.too_many_attempts"));
        limiter.take(&SIGN_IN_OF_ADDRESS, "ben@example.org").await.unwrap();
    }

    #[test]
    fn one_customer_of_a_provider_is_one_network() {
        let network = |address: &str| network_of(Some(address.parse().unwrap()));
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:203.0.113.7"), "203.0.113.7");
    }
}
