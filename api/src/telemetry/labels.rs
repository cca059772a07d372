//! Label values that nobody outside can multiply.

use std::borrow::Cow;

use poem::http::Method;

/// What requests that no route takes are counted as.
pub(super) const UNMATCHED: &str = "unmatched";

/// A route pattern as the API's document writes it: `/v1/uploads/:id` becomes `/v1/uploads/{id}`.
pub(super) fn route(pattern: &str) -> String {
    let segments = pattern.split('/').map(segment);
    segments.collect::<Vec<_>>().join("/")
}

fn segment(segment: &str) -> Cow<'_, str> {
    match segment.strip_prefix(':') {
        Some(parameter) => {
            // A parameter may carry a pattern of its own: `:id<\d+>`.
            let name = parameter.split('<').next().unwrap_or(parameter);
            Cow::Owned(format!("{{{name}}}"))
        }
        None => Cow::Borrowed(segment),
    }
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
        assert_eq!(route("/v1/uploads/:id/parts/sign"), "/v1/uploads/{id}/parts/sign");
        assert_eq!(route("/v1/jobs/:id<\\d+>"), "/v1/jobs/{id}");
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
