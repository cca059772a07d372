//! No request body of ours is large: files go straight to the object store.

use poem::{
    Body, Endpoint, Middleware, Request, Result,
    error::ReadBodyError,
    web::headers::{ContentLength, HeaderMapExt},
};

/// Refuses bodies of more than so many bytes, announced or not.
pub struct BodyLimit(pub usize);

impl<E: Endpoint> Middleware<E> for BodyLimit {
    type Output = Limited<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Limited { inner, most: self.0 }
    }
}

/// An endpoint that reads bodies of a limited size.
pub struct Limited<E> {
    inner: E,
    most: usize,
}

impl<E: Endpoint> Endpoint for Limited<E> {
    type Output = E::Output;

    async fn call(&self, mut request: Request) -> Result<Self::Output> {
        let announced = request.headers().typed_get::<ContentLength>().map_or(0, |length| length.0);
        if announced > self.most as u64 {
            return Err(ReadBodyError::PayloadTooLarge.into());
        }
        // What was announced is not trusted, and some announce nothing.
        let body = request.take_body().into_bytes_limit(self.most).await?;
        request.set_body(Body::from_bytes(body));
        self.inner.call(request).await
    }
}
