//! From where a request comes, and with what.

use std::net::IpAddr;

use poem::{FromRequest, Request, RequestBody, http::header};
use studio::{Studio, accounts::signing_in::Device};

use super::address_of;
use crate::Problem;

/// The device that sent the request.
pub struct From(pub Device);

impl From {
    /// Its address.
    pub fn address(&self) -> Option<IpAddr> {
        self.0.address
    }
}

impl<'a> FromRequest<'a> for From {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let studio = request.data::<Studio>().ok_or_else(Problem::defect)?;
        let user_agent = request.headers().get(header::USER_AGENT);
        Ok(Self(Device {
            address: address_of(request, &studio.config),
            user_agent: user_agent.and_then(|name| name.to_str().ok()).map(ToOwned::to_owned),
        }))
    }
}
