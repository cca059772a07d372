//! Addresses that let their holder do one thing, for a while.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sdk_s3::{
    Client,
    presigning::{PresignedRequest, PresigningConfig},
};
use chrono::{DateTime, Utc};
use url::Url;

use super::{ObjectStore, errors::failed};
use crate::{Error, Result};

/// A request that was signed for somebody else to send.
#[derive(Debug, Clone)]
pub struct SignedRequest {
    /// The address. A capability: not for logs.
    pub url: Url,
    /// The headers that have to be sent with it, exactly so.
    pub headers: Vec<(String, String)>,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
}

impl ObjectStore {
    /// Signs the sending of one part. Its checksum and its size are part of the signature: the store
    /// refuses a body that has another one (`BadDigest`), and a request without the header.
    ///
    /// # Errors
    /// A signature that cannot be made.
    pub async fn sign_part(
        &self,
        key: &str,
        multipart_id: &str,
        number: u32,
        size: u64,
        md5: &str,
        valid_for: Duration,
    ) -> Result<SignedRequest> {
        let when = from(SystemTime::now(), valid_for)?;
        let request = self
            .public
            .upload_part()
            .bucket(&self.bucket)
            .key(self.full(key))
            .upload_id(multipart_id);
        let request = request
            .part_number(number.cast_signed())
            .content_md5(md5)
            .content_length(size.cast_signed());
        let signed =
            request.presigned(when.clone()).await.map_err(|e| failed("signing a part", e))?;
        read(&signed, &when)
    }

    /// Signs the reading of one object by a viewer. Within each half of `valid_for` the address stays
    /// the same, so that browsers can keep what they have read.
    ///
    /// # Errors
    /// A signature that cannot be made.
    pub async fn sign_view(&self, key: &str, valid_for: Duration) -> Result<SignedRequest> {
        let half = (valid_for / 2).as_secs().max(1);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let start = UNIX_EPOCH + Duration::from_secs(now - now % half);
        self.sign_read(&self.public, key, from(start, valid_for)?).await
    }

    /// Signs the saving of one object under a file name.
    ///
    /// # Errors
    /// A signature that cannot be made.
    pub async fn sign_download(
        &self,
        key: &str,
        file_name: &str,
        valid_for: Duration,
    ) -> Result<SignedRequest> {
        let when = from(SystemTime::now(), valid_for)?;
        let request = self.public.get_object().bucket(&self.bucket).key(self.full(key));
        let request =
            request.response_content_disposition(format!("attachment; filename=\"{file_name}\""));
        let signed =
            request.presigned(when.clone()).await.map_err(|e| failed("signing an address", e))?;
        read(&signed, &when)
    }

    /// Signs the reading of one object by a server beside us (the VOD service, ffprobe).
    ///
    /// # Errors
    /// A signature that cannot be made.
    pub async fn sign_source(&self, key: &str, valid_for: Duration) -> Result<SignedRequest> {
        self.sign_read(&self.client, key, from(SystemTime::now(), valid_for)?).await
    }

    async fn sign_read(
        &self,
        client: &Client,
        key: &str,
        when: PresigningConfig,
    ) -> Result<SignedRequest> {
        let request = client.get_object().bucket(&self.bucket).key(self.full(key));
        let signed =
            request.presigned(when.clone()).await.map_err(|e| failed("signing an address", e))?;
        read(&signed, &when)
    }
}

fn from(start: SystemTime, valid_for: Duration) -> Result<PresigningConfig> {
    let config = PresigningConfig::builder().start_time(start).expires_in(valid_for).build();
    config.map_err(|e| Error::internal("signing an address", e))
}

fn read(signed: &PresignedRequest, when: &PresigningConfig) -> Result<SignedRequest> {
    let url = signed
        .uri()
        .parse()
        .map_err(|e: url::ParseError| Error::internal("signing an address", e))?;
    // Browsers set these two themselves and let no script do it.
    let headers = signed.headers().filter(|(name, _)| !matches!(*name, "host" | "content-length"));
    Ok(SignedRequest {
        url,
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        expires_at: (when.start_time() + when.expires()).into(),
    })
}
