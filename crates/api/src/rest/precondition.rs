//! `If-Match`: a change names the version it was made from.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, HeaderValue, IF_MATCH};
use actix_web::{FromRequest, HttpRequest, HttpResponseBuilder};

use crate::error_code::ErrorCode;
use crate::rest::problem::{Problem, ProblemError};

/// The version a caller saw; none for `If-Match: *`, which means whatever is there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IfMatch(pub(crate) Option<u32>);

/// As [`IfMatch`], but the header may be left out: the caller's own system is the source of what is put.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IfMatchOptional(pub(crate) Option<u32>);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let detail =
            "changes need the ETag that was read in If-Match, so that nobody's work is overwritten; `If-Match: *` accepts any version";
        let required = || {
            let error = ProblemError::header(&IF_MATCH, ErrorCode::PreconditionRequired, "this header is required");
            Problem::new(StatusCode::PRECONDITION_REQUIRED, ErrorCode::PreconditionRequired, detail).with(vec![error])
        };
        ready(request.headers().get(IF_MATCH).ok_or_else(required).and_then(version).map(Self))
    }
}

impl FromRequest for IfMatchOptional {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.headers().get(IF_MATCH).map_or(Ok(None), version).map(Self))
    }
}

/// The version in an ETag such as `"3"`, or `"3-5f…"` of an answer with more than the thing itself.
fn version(header: &HeaderValue) -> Result<Option<u32>, Problem> {
    let text = header.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let inner = text.strip_prefix("W/").unwrap_or(text).strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let version = inner.map(|tag| tag.split_once('-').map_or(tag, |(version, _)| version)).and_then(|version| version.parse().ok());
    version.map(Some).ok_or_else(|| {
        let detail = format!("`{text}` is not an ETag of this resource, such as `\"3\"`");
        let error = ProblemError::header(&IF_MATCH, ErrorCode::VersionConflict, "not an ETag of this resource");
        Problem::new(StatusCode::PRECONDITION_FAILED, ErrorCode::VersionConflict, detail).with(vec![error])
    })
}

/// The ETag of a state.
pub(crate) fn tag(response: &mut HttpResponseBuilder, state: &str) {
    if let Ok(value) = HeaderValue::from_str(&format!("\"{state}\"")) {
        response.insert_header((ETAG, value));
    }
}
