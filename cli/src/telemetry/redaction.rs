//! The last wall before the log: what looks like a secret does not pass.
//!
//! Nothing logs secrets on purpose: requests are logged by route and without their query, and secrets
//! are `SecretString`s. This catches what an error text of somebody else's library carries along.

use std::{
    borrow::Cow,
    io::{self, Write},
    sync::LazyLock,
};

use regex::Regex;
use tracing_subscriber::fmt::MakeWriter;

/// What a secret looks like, and what is left of it. Quotes end each, so that a line of JSON stays one.
const RULES: [(&str, &str); 7] = [
    // Authorization
    (r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}", "$1 ***"),
    // Cookie and Set-Cookie
    (r#"(?i)\b((?:set-)?cookie\\?"?\s*[:=]\s*\\?"?)[^"\\\r\n]+"#, "$1***"),
    // capabilities in a query
    (
        r#"(?i)\b(x-amz-signature|x-amz-credential|x-amz-security-token|token|grant|signature|sig)=[^\s&"'\\<>]+"#,
        "$1=***",
    ),
    // a grant in a path; a route's own {grant} stays
    (r#"(/v1/playback/)[^/\s"'\\{][^/\s"'\\]*"#, "$1***"),
    // user:password@host
    (r#"(://[^\s:/@"]*:)[^\s/@"]+@"#, "$1***@"),
    // JSON, also quoted inside a text
    (
        r#"(?i)(\\?"(?:(?:current_|new_)?password|token|secret|access_token|refresh_token)\\?"\s*:\s*\\?")[^"\\]+"#,
        "$1***",
    ),
    // a JWT, wherever it stands
    (r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*", "***"),
];

static COMPILED: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    #[allow(clippy::expect_used, reason = "constants, which every test below compiles")]
    RULES.map(|(rule, left)| (Regex::new(rule).expect("a rule is a pattern"), left)).into()
});

/// The text without what looks like a secret.
fn redact(text: &str) -> Cow<'_, str> {
    COMPILED.iter().fold(Cow::Borrowed(text), |text, (rule, left)| {
        match rule.replace_all(&text, *left) {
            Cow::Borrowed(_) => text,
            Cow::Owned(redacted) => Cow::Owned(redacted),
        }
    })
}

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
        self.0.write_all(redact(&String::from_utf8_lossy(line)).as_bytes())?;
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

    #[test]
    fn a_secret_in_an_error_text_does_not_pass() {
        let lines = [
            "sent Authorization: Bearer hunter2.hunter2",
            "header set-cookie: session=hunter2; Path=/v1/auth",
            "GET http://s3/bucket/key?X-Amz-Date=1&X-Amz-Signature=hunter2",
            "opening https://studio.test/reset?token=hunter2#top",
            "no segment at /v1/playback/hunter2/720p.m3u8",
            "cannot reach postgres://studio:hunter2@db:5432/studio",
            r#"refused body {"email":"a@b.c","password":"hunter2"}"#,
            r#"refused body {\"email\":\"a@b.c\",\"new_password\":\"hunter2\"}"#,
            "claims of eyJhbGciOiJFZERTQSJ9.hunter2.hunter2",
        ];
        for line in lines {
            let redacted = redact(line);
            assert!(!redacted.contains("hunter2") && redacted.contains("***"), "{redacted}");
        }
    }

    #[test]
    fn what_is_no_secret_stays_as_it_is() {
        let line = r#"{"route":"/v1/playback/{grant}/master.m3u8","path":"/v1/uploads/upl_1/parts"}"#;
        assert!(matches!(redact(line), Cow::Borrowed(same) if same == line));
    }

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
        let writer = { let page = page.clone(); Redacting::new(move || page.clone()) };
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
