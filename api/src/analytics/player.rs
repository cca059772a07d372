//! A player, and the token that lets it report.

use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaSecurityScheme, Registry},
};
use studio::analytics::refusals;

use crate::{Problem, auth::bearer_token};

const SCHEME: &str = "engagement_token";

/// The token that came with the playback address; who signed it is not checked yet.
pub struct Player {
    /// The token.
    pub token: String,
}

impl<'a> ApiExtractor<'a> for Player {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(
            SCHEME,
            MetaSecurityScheme {
                ty: "http",
                description: Some("The `engagement_token` that comes with a playback address."),
                name: None,
                key_in: None,
                scheme: Some("bearer"),
                bearer_format: None,
                flows: None,
                openid_connect_url: None,
            },
        );
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![SCHEME]
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let token = bearer_token(request)
            .ok_or_else(|| Problem::from(refusals::ENGAGEMENT_BAD_TOKEN.refuse()))?;
        Ok(Self { token: token.to_owned() })
    }
}
