//! Reports of services beside this one.

use poem::web::Data;
use poem_openapi::{OpenApi, param::Header};
use studio::{
    Studio,
    content::{refusals, vod},
};

use super::{Area, raw_json::RawJson};
use crate::{Problem, answers::NoContent};

/// The resource.
pub struct Webhooks;

#[OpenApi(prefix_path = "/v1/webhooks", tag = "Area::Webhooks")]
impl Webhooks {
    /// Take a report of the VOD service
    ///
    /// Signed as `ops/vod/openapi.json` says. A report that comes twice, late or out of order changes
    /// nothing.
    #[oai(path = "/vod", method = "post", operation_id = "webhooks.vod")]
    async fn vod(
        &self,
        studio: Data<&Studio>,
        /// `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`.
        #[oai(name = "Vod-Signature")]
        signature: Header<Option<String>>,
        body: RawJson,
    ) -> Result<NoContent, Problem> {
        let signature = signature.0.ok_or_else(|| refusals::WEBHOOK_BAD_SIGNATURE.refuse())?;
        vod::receive(&studio, &signature, &body.0).await?;
        Ok(NoContent::Done)
    }
}
