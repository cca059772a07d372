//! Which pool serves which queues, and how much at once.

use std::time::Duration;

use jobs::runtime::Pool;
use studio::queues;

/// A name that no pool has.
#[derive(Debug, thiserror::Error)]
#[error("there is no pool named {0:?}; the pools are: media, default")]
pub struct UnknownPool(String);

/// All pools. In production each is a process, or many, of its own.
pub fn pools() -> Vec<Pool> {
    vec![media(), default()]
}

/// The pools of these names; all of them for no name, or for `all`.
///
/// # Errors
/// A name that no pool has.
pub fn pools_named(names: &[String]) -> Result<Vec<Pool>, UnknownPool> {
    if names.is_empty() || names.iter().any(|name| name == "all") {
        return Ok(pools());
    }
    let named = |name: &String| match name.as_str() {
        "media" => Ok(media()),
        "default" => Ok(default()),
        _ => Err(UnknownPool(name.clone())),
    };
    names.iter().map(named).collect()
}

/// Moves and decodes whole files: few at once, and long enough a grace to finish one.
fn media() -> Pool {
    Pool::new("media").queue(queues::MEDIA).concurrency(4).grace(Duration::from_mins(1))
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
        let unknown = pools_named(&["mdeia".to_owned()]).unwrap_err();
        assert!(unknown.to_string().contains("\"mdeia\""));
    }
}
