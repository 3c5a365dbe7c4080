//! Reading a request body under a size limit and a deadline, shared by both doors.

use std::time::Duration;

use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};
use actix_web::web::{Bytes, BytesMut};
use futures::{Stream, StreamExt};

/// actix times out headers only; without this a body at one byte a second is held for ever.
pub(crate) const BODY_DEADLINE: Duration = Duration::from_secs(15);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum BodyError {
    #[error("the body is larger than {limit} bytes")]
    TooLarge { limit: usize },
    #[error("the body did not arrive within {} seconds", .deadline.as_secs())]
    TooSlow { deadline: Duration },
    /// A few compressed bytes can hold gigabytes, and actix unpacks a chunk whole before it can be
    /// counted, so request bodies come uncompressed.
    #[error("the body is encoded as {encoding}; send it without a content encoding")]
    Encoded { encoding: String },
    #[error("the body broke off or is not well-formed HTTP")]
    Broken,
}

/// The whole body, at most `limit` bytes, or why it cannot be had. A declared length over the limit
/// is refused before a byte is read.
pub(crate) async fn read_body<P>(headers: &HeaderMap, payload: &mut P, limit: usize, deadline: Duration) -> Result<Bytes, BodyError>
where
    P: Stream<Item = Result<Bytes, PayloadError>> + Unpin,
{
    refuse_encoding(headers)?;
    let declared = declared_length(headers)?;
    if declared.is_some_and(|length| length > limit) {
        return Err(BodyError::TooLarge { limit });
    }
    let all = collect(payload, limit, declared.unwrap_or(0));
    tokio::time::timeout(deadline, all).await.unwrap_or(Err(BodyError::TooSlow { deadline }))
}

async fn collect<P>(payload: &mut P, limit: usize, expected: usize) -> Result<Bytes, BodyError>
where
    P: Stream<Item = Result<Bytes, PayloadError>> + Unpin,
{
    let mut body = BytesMut::with_capacity(expected);
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| BodyError::Broken)?;
        if body.len().saturating_add(chunk.len()) > limit {
            return Err(BodyError::TooLarge { limit });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn refuse_encoding(headers: &HeaderMap) -> Result<(), BodyError> {
    let Some(encoding) = headers.get(CONTENT_ENCODING) else { return Ok(()) };
    let encoding = String::from_utf8_lossy(encoding.as_bytes()).trim().to_owned();
    if encoding.eq_ignore_ascii_case("identity") { Ok(()) } else { Err(BodyError::Encoded { encoding }) }
}

fn declared_length(headers: &HeaderMap) -> Result<Option<usize>, BodyError> {
    let Some(length) = headers.get(CONTENT_LENGTH) else { return Ok(None) };
    let length = length.to_str().ok().and_then(|text| text.trim().parse::<usize>().ok());
    length.map(Some).ok_or(BodyError::Broken)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use futures::stream;

    use super::*;

    fn chunks(chunks: &[&'static str]) -> impl Stream<Item = Result<Bytes, PayloadError>> + Unpin + use<> {
        stream::iter(chunks.iter().map(|chunk| Ok(Bytes::from_static(chunk.as_bytes()))).collect::<Vec<_>>())
    }

    fn with(name: actix_web::http::header::HeaderName, value: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        headers
    }

    #[actix_web::test]
    async fn a_body_within_the_limit_is_put_together() {
        let body = read_body(&HeaderMap::new(), &mut chunks(&["ab", "cd"]), 4, BODY_DEADLINE).await;

        assert_eq!(body, Ok(Bytes::from_static(b"abcd")));
    }

    #[actix_web::test]
    async fn a_body_over_the_limit_is_refused_while_it_is_read() {
        let body = read_body(&HeaderMap::new(), &mut chunks(&["ab", "cde"]), 4, BODY_DEADLINE).await;

        assert_eq!(body, Err(BodyError::TooLarge { limit: 4 }));
    }

    #[actix_web::test]
    async fn a_declared_length_over_the_limit_is_refused_before_reading() {
        let mut never = stream::pending();

        let body = read_body(&with(CONTENT_LENGTH, "5"), &mut never, 4, BODY_DEADLINE).await;

        assert_eq!(body, Err(BodyError::TooLarge { limit: 4 }));
    }

    #[actix_web::test]
    async fn a_body_that_never_ends_meets_the_deadline() {
        let deadline = Duration::from_millis(20);

        let body = read_body(&HeaderMap::new(), &mut stream::pending(), 4, deadline).await;

        assert_eq!(body, Err(BodyError::TooSlow { deadline }));
    }

    #[actix_web::test]
    async fn a_broken_stream_is_told_apart() {
        let mut broken = stream::iter([Err(PayloadError::Incomplete(None))]);

        assert_eq!(read_body(&HeaderMap::new(), &mut broken, 4, BODY_DEADLINE).await, Err(BodyError::Broken));
    }

    #[actix_web::test]
    async fn a_compressed_body_is_refused() {
        let body = read_body(&with(CONTENT_ENCODING, "gzip"), &mut chunks(&["x"]), 4, BODY_DEADLINE).await;

        assert_eq!(body, Err(BodyError::Encoded { encoding: "gzip".into() }));
    }
}
