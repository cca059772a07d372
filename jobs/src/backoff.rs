//! How long a failed job waits: exponential, capped, with jitter. The only such place.

use std::time::Duration;

use rand::RngExt;

/// Exponential backoff with equal jitter: after the n-th failure the wait is drawn evenly from
/// the upper half of `min(most, first × 2ⁿ⁻¹)`.
///
/// The jitter keeps jobs that failed together from returning together; the fixed half keeps a
/// job from returning at once ("Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    first: Duration,
    most: Duration,
}

impl Backoff {
    /// From `first` up to `most`.
    #[must_use]
    pub fn new(first: Duration, most: Duration) -> Self {
        Self { first: first.min(most), most }
    }

    /// The longest wait after the `failures`-th failure in a row (counted from 1).
    #[must_use]
    pub fn ceiling(&self, failures: u16) -> Duration {
        let doublings = u32::from(failures.saturating_sub(1)).min(31);
        self.first.saturating_mul(1 << doublings).min(self.most)
    }

    /// The wait after the `failures`-th failure in a row (counted from 1).
    #[must_use]
    pub fn wait(&self, failures: u16) -> Duration {
        self.ceiling(failures).mul_f64(rand::rng().random_range(0.5..=1.0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_wait_lies_in_the_upper_half_of_its_ceiling(
            first in 1u64..100_000, most in 1u64..100_000_000, failures in 1u16..2000,
        ) {
            let backoff = Backoff::new(Duration::from_millis(first), Duration::from_millis(most));
            let (wait, ceiling) = (backoff.wait(failures), backoff.ceiling(failures));
            prop_assert!(wait <= ceiling);
            prop_assert!(wait >= ceiling.mul_f64(0.499));
            prop_assert!(ceiling <= Duration::from_millis(most));
        }

        #[test]
        fn ceilings_never_shrink(first in 1u64..100_000, most in 1u64..100_000_000, n in 1u16..1999) {
            let backoff = Backoff::new(Duration::from_millis(first), Duration::from_millis(most));
            prop_assert!(backoff.ceiling(n) <= backoff.ceiling(n + 1));
        }
    }

    #[test]
    fn the_first_waits_double_until_the_cap() {
        let backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(10));
        let ceilings: Vec<u64> = (1..=5).map(|n| backoff.ceiling(n).as_secs()).collect();
        assert_eq!(ceilings, [2, 4, 8, 10, 10]);
    }
}
