//! From where a request comes: what limits count by.

use std::net::IpAddr;

use poem::Request;
use studio::{accounts::limits, config::Config};

/// The address of whoever sent the request, as far as it can be known.
///
/// Behind a proxy of ours it is the last entry of `X-Forwarded-For`, the one that the proxy itself
/// wrote; what stands before it is whatever the client said.
pub fn address_of(request: &Request, config: &Config) -> Option<IpAddr> {
    let peer = request.remote_addr().as_socket_addr().map(std::net::SocketAddr::ip);
    if !config.trust_proxy {
        return peer;
    }
    let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back();
    let last =
        forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    last.or(peer)
}

/// The network of whoever sent the request, which counts as one subject.
pub fn network_of(request: &Request, config: &Config) -> String {
    limits::network_of(address_of(request, config))
}
