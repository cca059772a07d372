//! Label values that nobody outside can multiply.

use std::{collections::HashMap, sync::LazyLock};

use poem::http::Method;

/// What requests that no route takes are counted as.
const UNMATCHED: &str = "unmatched";

/// Where the API hangs: a pattern that ends here is no operation's.
const MOUNT: &str = "/v1";

/// The label of a request's route, by the pattern that took it.
pub(super) fn route_label(pattern: Option<&str>) -> String {
    match pattern {
        Some(pattern) if pattern != MOUNT => route(pattern),
        _ => UNMATCHED.to_owned(),
    }
}

/// The documented paths by their shape: poem-openapi hangs `/v1/uploads/{id}` as `/v1/uploads/:param0`.
static DOCUMENTED: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let document = crate::document();
    let paths = document["paths"].as_object().into_iter().flat_map(|paths| paths.keys());
    paths.map(|path| (shape(path), path.clone())).collect()
});

/// A route as the API's document writes it; a page outside of the document by its own pattern.
fn route(pattern: &str) -> String {
    DOCUMENTED.get(&shape(pattern)).cloned().unwrap_or_else(|| pattern.to_owned())
}

/// A path without the names of its parameters.
fn shape(path: &str) -> String {
    let nameless =
        |segment: &'_ str| if segment.starts_with([':', '{']) { "{}" } else { segment }.to_owned();
    path.split('/').map(nameless).collect::<Vec<_>>().join("/")
}

/// The method, or `other` for one that HTTP does not define.
pub(super) fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// The path for the log: whole, unless the route holds a capability (a grant, a token), which then
/// stands as its name. The query is never logged.
pub(super) fn path<'a>(path: &'a str, route: &'a str) -> &'a str {
    const CAPABILITIES: [&str; 2] = ["{grant}", "{token}"];
    let holds_one = CAPABILITIES.iter().any(|name| route.contains(name));
    if holds_one { route } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_written_as_in_the_document() {
        assert_eq!(route("/v1/uploads/:param0/parts/sign"), "/v1/uploads/{id}/parts/sign");
        let playback = "/v1/playback/:param0/master.m3u8";
        assert_eq!(route(playback), "/v1/playback/{grant}/master.m3u8");
        assert_eq!(route("/healthz"), "/healthz");
    }

    #[test]
    fn what_no_operation_takes_is_counted_together() {
        assert_eq!(route_label(Some("/v1")), UNMATCHED);
        assert_eq!(route_label(None), UNMATCHED);
    }

    #[test]
    fn a_grant_in_a_path_is_not_logged() {
        let route = "/v1/playback/{grant}/master.m3u8";
        assert_eq!(path("/v1/playback/s3cr3t/master.m3u8", route), route);
    }

    #[test]
    fn a_method_of_ones_own_making_is_counted_as_other() {
        assert_eq!(method(&Method::from_bytes(b"BREW").unwrap()), "other");
    }
}
