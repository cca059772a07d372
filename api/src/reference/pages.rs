//! The pages under `/docs`. The reference is drawn by Redoc, whose script poem-openapi ships.

use std::fmt::Write;

use bytes::Bytes;
use poem::{
    EndpointExt, IntoEndpoint, Response, Route,
    endpoint::{BoxEndpoint, make_sync},
    http::header,
    middleware::Compression,
};
use poem_openapi::OpenApiService;
use serde_json::Value;

use super::problem_answers::status_of;
use crate::codes;

/// The document and the pages about it.
pub struct Pages {
    document: Bytes,
}

const REFERENCE: &str = r#"<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Creator Studio API</title>
  <style>body { margin: 0 }</style>
</head>
<body>
  <div id="reference"></div>
  <script src="/docs/redoc.js"></script>
  <script src="/docs/start.js"></script>
</body>
</html>
"#;

/// System fonts: nothing is fetched from elsewhere.
const START: &str = r"Redoc.init('/openapi.json', {
  theme: { typography: { fontFamily: 'system-ui, sans-serif', headings: { fontFamily: 'system-ui, sans-serif' } } },
}, document.getElementById('reference'));
";

impl Pages {
    /// The pages of this document.
    pub fn new(document: &Value) -> Self {
        let text = serde_json::to_vec(document).unwrap_or_default();
        Self { document: text.into() }
    }

    /// `/openapi.json`.
    pub fn document(&self) -> BoxEndpoint<'static> {
        compressed(file("application/json", self.document.clone()))
    }

    /// Everything under `/docs`.
    pub fn docs() -> BoxEndpoint<'static> {
        let page = "text/html; charset=utf-8";
        let script = "text/javascript; charset=utf-8";
        compressed(
            Route::new()
                .at("/", file(page, REFERENCE.into()))
                .at("/problems", file(page, problems().into()))
                .at("/start.js", file(script, START.into()))
                .at("/redoc.js", file(script, redoc().into())),
        )
    }
}

fn file(content_type: &'static str, content: Bytes) -> impl poem::Endpoint + 'static {
    make_sync(move |_| {
        Response::builder()
            .content_type(content_type)
            .header(header::CACHE_CONTROL, "no-cache")
            .body(content.clone())
    })
}

fn compressed<E>(endpoint: E) -> BoxEndpoint<'static>
where
    E: IntoEndpoint,
    E::Endpoint: 'static,
{
    endpoint.into_endpoint().with(Compression::new()).map_to_response().boxed()
}

/// Redoc's script, out of the page into which poem-openapi would put it.
fn redoc() -> String {
    let page = OpenApiService::new((), "", "").redoc_html();
    let script = page
        .split_once(r#"<script charset="UTF-8">"#)
        .and_then(|(_, after)| after.split_once("</script>"))
        .map(|(script, _)| script.to_owned());
    script.unwrap_or_default()
}

/// Where the `type` of a problem leads.
fn problems() -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Problem codes</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;\
         margin:2rem auto;padding:0 1rem}dt{margin-top:1.5rem}dt code{font-size:1.1em}dd{margin:0}\
         :target{background:#fff3bf}</style></head><body><h1>Problem codes</h1>\
         <p>A problem's <code>code</code> never changes its meaning.</p><dl>",
    );
    for code in codes::all() {
        let status = status_of(code).as_u16();
        // Writing to a string cannot fail.
        let _ = write!(
            page,
            "<dt id=\"{0}\"><code>{0}</code> ({status})</dt><dd>{1} {2}</dd>",
            code.code,
            escape(code.title),
            escape(code.action)
        );
    }
    page.push_str("</dl></body></html>");
    page
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_page_has_the_script_that_draws_it() {
        assert!(redoc().len() > 100_000);
    }

    #[test]
    fn the_reference_page_fetches_nothing_from_elsewhere() {
        assert!(!REFERENCE.contains("://") && !START.contains("://"));
    }
}
