//! A JSON body as the very bytes that were sent: a signature speaks of those.

use poem::{Request, RequestBody, Result};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    error::ContentTypeError,
    registry::{MetaMediaType, MetaRequest, MetaSchema, MetaSchemaRef},
};
use serde_json::{Value, json};

const CONTENT_TYPE: &str = "application/json";

/// The bytes of a JSON body.
pub struct RawJson(pub Vec<u8>);

/// What the document shows.
fn report() -> Value {
    json!({
        "event_id": "evt_31b0",
        "type": "transcode.progress",
        "transcode": {
            "id": "trc_7a42",
            "reference": "0198f2c0-4a7b-7c3e-9d5f-6a7b8c9d0e1f",
            "state": "running",
            "progress_percent": 40,
        },
    })
}

impl<'a> ApiExtractor<'a> for RawJson {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn request_meta() -> Option<MetaRequest> {
        let schema = MetaSchemaRef::Inline(Box::new(MetaSchema {
            example: Some(report()),
            ..MetaSchema::new("object")
        }));
        let content = vec![MetaMediaType { content_type: CONTENT_TYPE, schema }];
        Some(MetaRequest { description: None, content, required: true })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let sent = request.content_type().ok_or(ContentTypeError::ExpectContentType)?;
        if sent.split(';').next().map(str::trim) != Some(CONTENT_TYPE) {
            let content_type = sent.to_owned();
            return Err(ContentTypeError::NotSupported { content_type }.into());
        }
        Ok(Self(body.take()?.into_vec().await?))
    }
}
