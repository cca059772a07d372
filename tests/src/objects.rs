//! What the store keeps for one test, read past the product by the store's own SDK.

use aws_sdk_s3::{
    Client,
    config::{BehaviorVersion, Builder, Credentials, Region, RequestChecksumCalculation},
    primitives::ByteStream,
};

use crate::{Harness, servers};

/// The store's SDK without anything of ours.
pub fn client() -> Client {
    let (access_key, secret_key) = servers::s3_keys();
    let settings = Builder::new()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(servers::s3())
        .force_path_style(true)
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .credentials_provider(Credentials::new(access_key, secret_key, None, None, "tests"))
        .http_client(aws_smithy_http_client::Builder::new().build_http());
    Client::from_conf(settings.build())
}

impl Harness {
    /// The keys of this test's objects that begin with `prefix`, without what is common to the test.
    pub async fn objects_below(&self, prefix: &str) -> Vec<String> {
        let s3 = &self.studio.config.s3;
        let whole = format!("{}{prefix}", s3.key_prefix);
        let listing = client().list_objects_v2().bucket(&s3.bucket).prefix(whole);
        let mut pages = listing.into_paginator().send();
        let mut keys = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.expect("the store lists what it has");
            let found = page.contents().iter().filter_map(|object| object.key());
            keys.extend(found.map(|key| key[s3.key_prefix.len()..].to_owned()));
        }
        keys
    }

    /// How many unfinished objects the store keeps for this test.
    pub async fn unfinished_objects(&self) -> usize {
        let s3 = &self.studio.config.s3;
        let uploads = client().list_multipart_uploads().bucket(&s3.bucket).prefix(&s3.key_prefix);
        uploads.send().await.expect("the store lists what it has").uploads().len()
    }

    /// The renditions (MP4 files) of a content.
    pub async fn rendition_keys(&self, content: &str) -> Vec<String> {
        let mut keys = self.objects_below(&format!("renditions/{content}/")).await;
        keys.retain(|key| key.ends_with(".mp4"));
        keys
    }

    /// The bytes of an upload's original, as the store has them.
    pub async fn original_of(&self, upload: &str) -> ByteStream {
        let s3 = &self.studio.config.s3;
        let keys = self.objects_below("originals/").await;
        let key = keys.iter().find(|key| key.contains(upload)).expect("the store has the original");
        let key = format!("{}{key}", s3.key_prefix);
        let object = client().get_object().bucket(&s3.bucket).key(key).send().await;
        object.expect("the store gives what it has").body
    }
}
