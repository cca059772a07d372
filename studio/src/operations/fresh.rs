//! [`Fresh`]: something that costs to find out, found out at most once in a while for all who ask.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

/// The last answer, and when it was found.
#[derive(Debug)]
pub(super) struct Fresh<T> {
    good_for: Duration,
    last: Mutex<Option<(Instant, T)>>,
}

impl<T: Clone> Fresh<T> {
    /// Knows nothing yet; an answer is good for so long.
    pub fn new(good_for: Duration) -> Self {
        Self { good_for, last: Mutex::new(None) }
    }

    /// The last answer while it is good, or a new one; whoever asks meanwhile waits for the same.
    /// `find` gets the answer that went stale.
    ///
    /// # Errors
    /// What `find` answers; the next who asks tries again.
    pub async fn get<E>(&self, find: impl AsyncFnOnce(Option<&T>) -> Result<T, E>) -> Result<T, E> {
        let mut last = self.last.lock().await;
        if let Some((_, answer)) = last.as_ref().filter(|(at, _)| at.elapsed() < self.good_for) {
            return Ok(answer.clone());
        }
        let answer = find(last.as_ref().map(|(_, stale)| stale)).await?;
        *last = Some((Instant::now(), answer.clone()));
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[tokio::test]
    async fn who_asks_while_the_answer_is_good_gets_the_same_one() {
        let fresh = Fresh::new(Duration::from_hours(1));
        let first = fresh.get(async |_| Ok::<_, Infallible>(1)).await;
        let second = fresh.get(async |_| Ok::<_, Infallible>(2)).await;
        assert_eq!((first, second), (Ok(1), Ok(1)));
    }

    #[tokio::test]
    async fn a_stale_answer_is_replaced_and_a_failure_is_not_kept() {
        let fresh = Fresh::new(Duration::ZERO);
        assert_eq!(fresh.get(async |_| Err::<u8, _>("down")).await, Err("down"));
        assert_eq!(fresh.get(async |_| Ok::<_, &str>(1)).await, Ok(1));
        let next = fresh.get(async |stale| Ok::<_, &str>(stale.copied().unwrap_or(0) + 1)).await;
        assert_eq!(next, Ok(2));
    }
}
