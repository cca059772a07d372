//! What looks like a secret, and what is left of it where people or programs may read.
//!
//! Nothing of ours shows secrets on purpose: requests are logged by route and without their query,
//! and secrets are `SecretString`s. This catches what an error text of somebody else's library
//! carries along, and what stands in a job's arguments.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;
use serde_json::Value;

/// What stands in a secret's place.
pub const LEFT: &str = "***";

/// What a secret in a text looks like, and what is left of it. Quotes end each, so that a line of
/// JSON stays one.
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
pub fn text(text: &str) -> Cow<'_, str> {
    COMPILED.iter().fold(Cow::Borrowed(text), |text, (rule, left)| {
        match rule.replace_all(&text, *left) {
            Cow::Borrowed(_) => text,
            Cow::Owned(redacted) => Cow::Owned(redacted),
        }
    })
}

/// The value without the fields that are marked secret, and without secrets in its texts.
///
/// A field is marked by its name: `password`, `secret`, `token` or `grant`, alone or after an
/// underscore (`reset_token`). Name a secret argument of a job so.
pub fn value(value: Value) -> Value {
    match value {
        Value::String(said) => Value::String(text(&said).into_owned()),
        Value::Array(items) => items.into_iter().map(self::value).collect(),
        Value::Object(fields) => fields.into_iter().map(field).collect(),
        plain => plain,
    }
}

fn field((name, held): (String, Value)) -> (String, Value) {
    let held = if is_marked(&name) { LEFT.into() } else { value(held) };
    (name, held)
}

fn is_marked(field: &str) -> bool {
    let last = field.rsplit('_').next().unwrap_or(field);
    ["password", "secret", "token", "grant"].contains(&last)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
            let redacted = text(line);
            assert!(!redacted.contains("hunter2") && redacted.contains(LEFT), "{redacted}");
        }
    }

    #[test]
    fn what_is_no_secret_stays_as_it_is() {
        let line =
            r#"{"route":"/v1/playback/{grant}/master.m3u8","path":"/v1/uploads/upl_1/parts"}"#;
        assert!(matches!(text(line), Cow::Borrowed(same) if same == line));
    }

    #[test]
    fn a_field_that_is_named_as_a_secret_is_not_shown() {
        let shown = value(json!({
            "account": "acc_1",
            "reset_token": "hunter2",
            "mails": [{ "link": "https://studio.test/reset?token=hunter2", "attempt": 1 }],
        }));
        let expected = json!({
            "account": "acc_1",
            "reset_token": "***",
            "mails": [{ "link": "https://studio.test/reset?token=***", "attempt": 1 }],
        });
        assert_eq!(shown, expected);
    }
}
