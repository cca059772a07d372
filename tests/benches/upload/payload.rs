//! What is sent: a file's worth of bytes that no store can compress away, cut as the API asks.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use md5::{Digest, Md5};

/// Bytes to send.
pub struct Payload {
    bytes: Bytes,
}

impl Payload {
    /// Makes `size` bytes of noise (xorshift, so that making them costs little).
    pub fn make(size: u64) -> Self {
        let words = usize::try_from(size / 8).expect("fits in memory");
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut bytes = Vec::with_capacity(words * 8);
        for _ in 0..words {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            bytes.extend_from_slice(&state.to_le_bytes());
        }
        Self { bytes: bytes.into() }
    }

    /// How many bytes it has.
    pub fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// The parts of `part_size` bytes, numbered from 1.
    pub fn parts(&self, part_size: u64) -> Vec<Part> {
        let step = usize::try_from(part_size).expect("fits in memory");
        let starts = (0..self.bytes.len()).step_by(step);
        let ends = |start: usize| (start + step).min(self.bytes.len());
        let part = |(number, start)| Part { number, bytes: self.bytes.slice(start..ends(start)) };
        (1..).zip(starts).map(part).collect()
    }
}

/// One part.
#[derive(Clone)]
pub struct Part {
    /// Its number, from 1.
    pub number: i32,
    /// Its bytes.
    pub bytes: Bytes,
}

impl Part {
    /// The MD5 of its bytes in base64, as `Content-MD5` has it (RFC 1864).
    pub fn md5(&self) -> String {
        STANDARD.encode(Md5::digest(&self.bytes))
    }
}
