//! The object store: originals, renditions and thumbnails in one S3 bucket.
//!
//! Keys are made once and never written with other bytes: `originals/{content}/{upload}/original` and
//! `renditions/{content}/{handoff}/{name}`. No name that a person chose is part of a key.
//! An ETag is passed on and never read: with encryption or several parts it is no MD5.

mod errors;
pub mod keys;
mod multipart;
mod reading;
mod removing;
mod signing;
mod writing;

use aws_sdk_s3::{
    Client,
    config::{
        BehaviorVersion, Builder, Credentials, Region, RequestChecksumCalculation,
        ResponseChecksumValidation, timeout::TimeoutConfig,
    },
    error::ProvideErrorMetadata,
    types::ServerSideEncryption,
};
use aws_smithy_http_client::tls::{self, rustls_provider::CryptoMode};
use secrecy::ExposeSecret;
use std::time::Duration;
use url::Url;

use crate::{
    Result,
    config::{Config, Encryption, S3},
};

pub use multipart::{StoredPart, StoredParts, UnfinishedObject};
pub use reading::Object;
pub use signing::SignedRequest;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long the store may stay silent. Completing an object of terabytes takes it a while.
const SILENCE: Duration = Duration::from_mins(2);

/// One bucket, under one key prefix. Cheap to clone.
#[derive(Debug, Clone)]
pub struct ObjectStore {
    client: Client,
    /// Signs for the address under which clients reach the store.
    public: Client,
    bucket: String,
    prefix: String,
    encryption: Option<ServerSideEncryption>,
}

impl ObjectStore {
    /// Makes the clients. The store need not be up.
    pub async fn connect(config: &Config) -> Self {
        let s3 = &config.s3;
        let settings = settings(s3).await;
        let at = |endpoint: Option<&Url>| {
            let mut settings = settings.clone();
            settings.set_endpoint_url(
                endpoint.map(|url| url.as_str().trim_end_matches('/').to_owned()),
            );
            Client::from_conf(settings.build())
        };
        Self {
            client: at(s3.endpoint.as_ref()),
            public: at(s3.public_endpoint.as_ref().or(s3.endpoint.as_ref())),
            bucket: s3.bucket.clone(),
            prefix: s3.key_prefix.clone(),
            encryption: match s3.encryption {
                Encryption::None => None,
                Encryption::AES256 => Some(ServerSideEncryption::Aes256),
                Encryption::Kms => Some(ServerSideEncryption::AwsKms),
            },
        }
    }

    /// Creates the bucket if it is not there. In production it is there, and this changes nothing.
    ///
    /// # Errors
    /// A store that is away or does not let us.
    pub async fn prepare(&self) -> Result<()> {
        if self.ping().await.is_ok() {
            return Ok(());
        }
        match self.client.create_bucket().bucket(&self.bucket).send().await {
            Ok(_) => Ok(()),
            Err(e)
                if matches!(e.code(), Some("BucketAlreadyOwnedByYou" | "BucketAlreadyExists")) =>
            {
                Ok(())
            }
            Err(e) => Err(errors::failed("creating the bucket", e)),
        }
    }

    /// Asks whether the bucket can be reached.
    ///
    /// # Errors
    /// A store that is away, or a bucket that is not there or not ours.
    pub async fn ping(&self) -> Result<()> {
        let asked = self.client.head_bucket().bucket(&self.bucket).send().await;
        asked.map(|_| ()).map_err(|e| errors::failed("looking for the bucket", e))
    }

    /// The address of an object without a signature: it says where the bytes are and opens nothing.
    pub fn location(&self, key: &str) -> String {
        format!("s3://{}/{}", self.bucket, self.full(key))
    }

    fn full(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }
}

async fn settings(s3: &S3) -> Builder {
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(tls::Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let timeouts = TimeoutConfig::builder().connect_timeout(CONNECT).read_timeout(SILENCE).build();
    let mut settings = Builder::new()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(s3.region.clone()))
        .http_client(http.clone())
        .timeout_config(timeouts)
        .force_path_style(s3.path_style)
        // Stores other than AWS refuse the trailing checksums that the SDK would add by itself.
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    if let (Some(access), Some(secret)) = (&s3.access_key, &s3.secret_key) {
        let (access, secret) = (access.expose_secret(), secret.expose_secret());
        settings = settings.credentials_provider(Credentials::new(
            access,
            secret,
            None,
            None,
            "configuration",
        ));
    } else {
        let machine =
            aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
        settings.set_credentials_provider(machine.credentials_provider());
    }
    settings
}
