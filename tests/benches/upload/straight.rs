//! Straight to the store by its SDK: what the upload would cost if we were not there.

use std::time::{Duration, Instant};

use futures::{TryStreamExt, stream};
use studio::{Studio, content::part_plan::PartPlan};

use crate::payload::{Part, Payload};

/// Uploads the payload and says how long it took, from the first request to the last part's answer.
pub async fn upload(studio: &Studio, payload: &Payload, concurrency: usize) -> Duration {
    let part_size = PartPlan::for_file(payload.size()).expect("a file").part_size;
    let client = tests::objects::client();
    let (bucket, key) =
        (&studio.config.s3.bucket, format!("{}straight", studio.config.s3.key_prefix));
    let begun = Instant::now();
    let created = client.create_multipart_upload().bucket(bucket).key(&key).send().await;
    let id = created.expect("the store takes an upload").upload_id.expect("an id");
    stream::iter(payload.parts(part_size).into_iter().map(Ok))
        .try_for_each_concurrent(concurrency, |part: Part| {
            let md5 = part.md5();
            let request = client.upload_part().bucket(bucket).key(&key).upload_id(&id);
            let request = request.part_number(part.number).content_md5(md5).body(part.bytes.into());
            async move { request.send().await.map(|_| ()) }
        })
        .await
        .expect("every part arrives");
    let took = begun.elapsed();
    let abort = client.abort_multipart_upload().bucket(bucket).key(&key).upload_id(&id);
    abort.send().await.expect("the store forgets an upload");
    took
}
