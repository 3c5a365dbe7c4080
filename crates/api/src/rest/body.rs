//! Bodies: JSON of a known shape, with every broken field found at once.

pub(crate) mod batch;
mod form;
mod reading;

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE};
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;
use waymark_domain::rejection::Rejection;

use crate::body::{BODY_DEADLINE, BodyError, read_body};
use crate::error_code::ErrorCode;
use crate::rest::problem::{Problem, ProblemError};

/// Largest JSON body, in bytes.
pub(crate) const BODY_LIMIT: usize = 1 << 20;
/// Media types a JSON body may have.
const JSON: [&str; 2] = ["application/json", "application/merge-patch+json"];

/// A JSON body of at most `LIMIT` bytes.
#[derive(Debug)]
pub(crate) struct Json<T, const LIMIT: usize = BODY_LIMIT>(pub(crate) T);

impl<T: DeserializeOwned + ToSchema + 'static, const LIMIT: usize> FromRequest for Json<T, LIMIT> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            require_media_type(&request, &JSON)?;
            let bytes = read_body(request.headers(), &mut payload, LIMIT, BODY_DEADLINE).await?;
            parse(&bytes).map(Self)
        })
    }
}

/// The media type of the body. Refuses any other than those that are understood, and says which they are.
pub(crate) fn require_media_type(request: &HttpRequest, understood: &[&'static str]) -> Result<&'static str, Problem> {
    let header = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if let Some(media_type) = understood.iter().find(|media_type| **media_type == essence) {
        return Ok(media_type);
    }
    let detail = format!("send the body as {}", understood.join(" or "));
    let problem = Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::UnsupportedMediaType, detail)
        .with(vec![ProblemError::header(&CONTENT_TYPE, ErrorCode::UnsupportedMediaType, "not a media type that is understood here")]);
    Err(match HeaderValue::from_str(&understood.join(", ")) {
        Ok(value) => problem.header(ACCEPT, value),
        Err(_) => problem,
    })
}

impl From<BodyError> for Problem {
    fn from(error: BodyError) -> Self {
        let (status, code) = match error {
            BodyError::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::PayloadTooLarge),
            BodyError::TooSlow { .. } => (StatusCode::REQUEST_TIMEOUT, ErrorCode::RequestTimeout),
            BodyError::Encoded { .. } => (StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::UnsupportedMediaType),
            BodyError::Broken => (StatusCode::BAD_REQUEST, ErrorCode::Malformed),
        };
        Self::new(status, code, error.to_string())
    }
}

fn parse<T: DeserializeOwned + ToSchema>(bytes: &[u8]) -> Result<T, Problem> {
    let value: Value = serde_json::from_str(text(bytes)?).map_err(|error| malformed(format!("the body is not JSON: {error}")))?;
    if !value.is_object() {
        return Err(malformed("the body is not a JSON object"));
    }
    reading::read(value).map_err(unreadable)
}

fn text(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|_| malformed("the body is not UTF-8"))
}

fn malformed(detail: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, ErrorCode::Malformed, detail)
}

/// A body with fields that cannot be read.
fn unreadable(rejection: Rejection) -> Problem {
    let errors: Vec<ProblemError> = rejection.into_violations().into_iter().map(|violation| ProblemError::of(violation, false)).collect();
    let detail = match errors.as_slice() {
        [only] => format!("{}: {}", only.pointer.as_deref().unwrap_or_default(), only.detail),
        _ => format!("{} fields of the body cannot be read: see `errors`", errors.len()),
    };
    let code = match errors.as_slice() {
        [only] => only.code,
        _ => ErrorCode::Malformed,
    };
    Problem::new(status(&errors), code, detail).with(errors)
}

/// Numbers and instants outside the ranges that are kept can be read, and make no sense.
fn status(errors: &[ProblemError]) -> StatusCode {
    let is_beyond = |error: &ProblemError| matches!(error.code, ErrorCode::InvalidNumber | ErrorCode::OutOfRange);
    if !errors.is_empty() && errors.iter().all(is_beyond) { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::BAD_REQUEST }
}
