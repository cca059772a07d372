//! The portal, out of the binary: compressed beforehand, cached for ever under hashed names, and its
//! `index.html` for every address that is a page of the portal.
//!
//! In a debug build the files are read from `portal/dist` at each request, so a rebuilt portal shows at
//! once; that folder may be missing.

use poem::{
    Body, Endpoint, Request, Response, Result,
    http::{HeaderMap, Method, StatusCode, header},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::{Problem, codes};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../portal/dist"]
#[allow_missing = true]
struct Files;

/// Serves the portal.
pub struct Portal;

/// The encodings that the build made, the smaller first.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

impl Endpoint for Portal {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(StatusCode::METHOD_NOT_ALLOWED.into());
        }
        let path = request.uri().path().trim_start_matches('/');
        match asset(path) {
            Some(file) => Ok(answer(&request, path, &file)),
            None if is_page(path) => index(&request),
            None => Err(Problem::from(codes::NO_SUCH_PATH.refuse()).into()),
        }
    }
}

fn asset(path: &str) -> Option<EmbeddedFile> {
    // The compressed twins are answers to a header, not addresses.
    let is_twin = ENCODINGS.iter().any(|(_, ending)| path.ends_with(ending));
    if path.is_empty() || is_twin || path.starts_with('.') { None } else { Files::get(path) }
}

/// The portal's own addresses have no file ending; a missing script must not become a page.
fn is_page(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.contains('.') && !path.starts_with("v1/") && !path.starts_with("assets/")
}

fn index(request: &Request) -> Result<Response> {
    let Some(file) = Files::get("index.html") else {
        let why = "The portal is not part of this build: run `make portal`, then build again.";
        return Err(Problem::from(codes::NO_SUCH_PATH.because(why)).into());
    };
    Ok(answer(request, "index.html", &file))
}

fn answer(request: &Request, path: &str, file: &EmbeddedFile) -> Response {
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..12]));
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let answer = Response::builder()
        .header(header::CACHE_CONTROL, caching(path))
        .header(header::VARY, "Accept-Encoding")
        .header(header::ETAG, &etag);
    if known == Some(etag.as_str()) {
        return answer.status(StatusCode::NOT_MODIFIED).finish();
    }
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let (encoding, bytes) = smallest(request.headers(), path, file);
    let mut answer = answer.content_type(content_type(mime.essence_str()));
    if let Some(encoding) = encoding {
        answer = answer.header(header::CONTENT_ENCODING, encoding);
    }
    answer.body(bytes)
}

/// Vite puts a hash into the name of everything below `assets/`.
fn caching(path: &str) -> &'static str {
    if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" }
}

fn content_type(mime: &str) -> String {
    if mime.starts_with("text/") { format!("{mime}; charset=utf-8") } else { mime.to_owned() }
}

fn smallest(headers: &HeaderMap, path: &str, file: &EmbeddedFile) -> (Option<&'static str>, Body) {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let accepts = |encoding: &str| {
        accepted.is_some_and(|list| list.split([',', ';']).any(|word| word.trim() == encoding))
    };
    ENCODINGS
        .iter()
        .filter(|(encoding, _)| accepts(encoding))
        .find_map(|(encoding, ending)| Some((*encoding, Files::get(&format!("{path}{ending}"))?)))
        .map_or_else(
            || (None, file.data.to_vec().into()),
            |(encoding, twin)| (Some(encoding), twin.data.into_owned().into()),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_the_portal_is_a_page_and_a_missing_file_is_not() {
        assert!(is_page("") && is_page("studio/library") && is_page("studio/library/cnt_0198"));
        assert!(
            !is_page("assets/index-4f2a.js") && !is_page("favicon.ico") && !is_page("v1/nothing")
        );
    }

    #[test]
    fn only_what_has_a_hash_in_its_name_is_kept_for_ever() {
        assert!(caching("assets/index-4f2a.js").contains("immutable"));
        assert_eq!(caching("index.html"), "no-cache");
    }
}
