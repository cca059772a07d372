//! Which pool serves which queues, and how much at once.

use std::time::Duration;

use jobs::runtime::Pool;
use studio::queues;

/// A name that no pool has.
#[derive(Debug, thiserror::Error)]
#[error("there is no pool named {0:?}; the pools are: media, default, analytics, streams")]
pub struct UnknownPool(String);

/// What a process does.
#[derive(Debug)]
pub struct Work {
    /// The pools of jobs that it serves.
    pub pools: Vec<Pool>,
    /// Whether it moves events from Kafka and to it.
    pub streams: bool,
}

/// All pools. In production each is a process, or many, of its own.
pub fn pools() -> Vec<Pool> {
    vec![media(), default(), analytics()]
}

impl Work {
    /// The work of these names; all of it for no name, or for `all`.
    ///
    /// # Errors
    /// A name that no pool has.
    pub fn named(names: &[String]) -> Result<Self, UnknownPool> {
        if names.is_empty() || names.iter().any(|name| name == "all") {
            return Ok(Self { pools: pools(), streams: true });
        }
        let mut work = Self { pools: Vec::new(), streams: false };
        for name in names {
            match name.as_str() {
                "media" => work.pools.push(media()),
                "default" => work.pools.push(default()),
                "analytics" => work.pools.push(analytics()),
                "streams" => work.streams = true,
                _ => return Err(UnknownPool(name.clone())),
            }
        }
        Ok(work)
    }
}

/// Moves and decodes whole files: few at once, and long enough a grace to finish one.
fn media() -> Pool {
    Pool::new("media").queue(queues::MEDIA).concurrency(4).grace(Duration::from_mins(1))
}

/// Counts days: as many shards at once as leave the database room for people.
fn analytics() -> Pool {
    Pool::new("analytics").queue(queues::ANALYTICS).concurrency(2).grace(Duration::from_mins(1))
}

/// Everything that is short.
fn default() -> Pool {
    Pool::new("default").queues([queues::CONTENT, queues::MAIL]).concurrency(24)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;

    #[test]
    fn every_job_has_a_pool_that_serves_it() {
        catalogue().check(&pools()).expect("the catalogue and the pools fit together");
    }

    #[test]
    fn a_pool_that_nobody_knows_is_refused_by_name() {
        let unknown = Work::named(&["mdeia".to_owned()]).unwrap_err();
        assert!(unknown.to_string().contains("\"mdeia\""));
    }
    #[test]
    fn streams_run_where_they_are_named_and_where_everything_does() {
        let named = |name: &str| Work::named(&[name.to_owned()]).unwrap();
        assert!(named("streams").streams && named("streams").pools.is_empty());
        assert!(!named("media").streams);
        assert!(named("all").streams && Work::named(&[]).unwrap().streams);
    }
}
