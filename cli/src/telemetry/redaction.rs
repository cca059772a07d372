//! The last wall before the log: what looks like a secret does not pass.

use std::io::{self, Write};

use studio::redaction;
use tracing_subscriber::fmt::MakeWriter;

/// Writes what another writer writes, without its secrets.
#[derive(Debug, Clone)]
pub(super) struct Redacting<M>(M);

impl<M> Redacting<M> {
    /// Stands before `writer`.
    pub(super) fn new(writer: M) -> Self {
        Self(writer)
    }
}

impl<'a, M: MakeWriter<'a>> MakeWriter<'a> for Redacting<M> {
    type Writer = Redacting<M::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Redacting(self.0.make_writer())
    }
}

/// An event arrives as one whole line.
impl<W: Write> Write for Redacting<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write_all(redaction::text(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    /// What was written, for a test to read.
    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_of_json_is_still_json_when_a_secret_was_taken_out() {
        let page = Page::default();
        let writer = {
            let page = page.clone();
            Redacting::new(move || page.clone())
        };
        let log = tracing_subscriber::fmt::layer().json().flatten_event(true).with_writer(writer);
        tracing::subscriber::with_default(tracing_subscriber::registry().with(log), || {
            tracing::error!(error = r#"{"token":"hunter2"} cookie: a=hunter2"#, "Bearer hunter2");
        });
        let line = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
        let event: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(event["message"], "Bearer ***");
        assert!(!line.contains("hunter2"), "{line}");
    }
}
