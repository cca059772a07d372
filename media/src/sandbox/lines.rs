//! Splits a tool's output into lines of bounded length.

use crate::{Limit, MediaError};

const MAX_LINE: usize = 4096;

/// Collects bytes until a line is whole.
#[derive(Default)]
pub(super) struct Lines {
    pending: Vec<u8>,
}

impl Lines {
    /// Takes the next bytes and calls `each` with every line that they complete.
    pub fn feed(&mut self, bytes: &[u8], each: &mut impl FnMut(&str)) -> Result<(), MediaError> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.pending.extend_from_slice(part);
            if self.pending.len() > MAX_LINE {
                return Err(MediaError::LimitExceeded(Limit::Output));
            }
            if part.ends_with(b"\n") {
                each(String::from_utf8_lossy(&self.pending).trim_end());
                self.pending.clear();
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_split_over_reads_arrives_whole() {
        let (mut lines, mut seen) = (Lines::default(), Vec::new());
        for bytes in [b"on".as_slice(), b"e\ntw", b"o\nthr"] {
            lines.feed(bytes, &mut |line| seen.push(line.to_owned())).unwrap();
        }
        assert_eq!(seen, ["one", "two"]);
    }

    #[test]
    fn an_endless_line_is_refused() {
        let error = Lines::default().feed(&[b'x'; MAX_LINE + 1], &mut |_| ()).unwrap_err();
        assert!(matches!(error, MediaError::LimitExceeded(Limit::Output)));
    }
}
