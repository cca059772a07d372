//! The parts into which a day's count is cut, so that several can be counted at once.

use crate::ids::AccountId;

/// How many there are. Rows carry their shard: another number begins with a day that is not yet open.
pub const SHARDS: i16 = 8;

/// All of them.
pub fn all() -> impl Iterator<Item = i16> {
    0..SHARDS
}

/// The shard of a creator: all of their contents are counted together. The last byte of an id is random.
pub fn of(creator: AccountId) -> i16 {
    let [.., last] = *creator.0.as_bytes();
    i16::from(last) % SHARDS
}
