//! What the store's answers mean: silence and overload are an outage, anything else is a defect of ours.

use std::error::Error as StdError;

use aws_sdk_s3::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
};

use crate::{Dependency, Error};

pub(super) fn failed<E>(doing: &'static str, error: SdkError<E, HttpResponse>) -> Error
where
    E: StdError + Send + Sync + 'static,
{
    let outage = match &error {
        SdkError::ServiceError(answer) => {
            let status = answer.raw().status().as_u16();
            status >= 500 && status != 501 || status == 429
        }
        SdkError::ConstructionFailure(_) => false,
        _ => true,
    };
    if outage {
        Error::unavailable(Dependency::ObjectStore, error)
    } else {
        Error::internal(doing, error)
    }
}

/// Whether the store says that what was asked for is not there.
pub(super) fn is_absent<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    let coded = matches!(error.code(), Some("NoSuchKey" | "NoSuchUpload" | "NotFound"));
    coded || error.raw_response().is_some_and(|answer| answer.status().as_u16() == 404)
}
