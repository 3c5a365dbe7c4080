//! Batches: a JSON array, or NDJSON with one object a line. What is wrong with one item does not stop the others.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;
use waymark_domain::rejection::{Check, Code, Rejection, Violation};

use super::{broken, read, require_media_type, text};
use crate::body::{BODY_DEADLINE, read_body};
use crate::error_code::ErrorCode;
use crate::rest::problem::{Problem, ProblemError};

/// Largest batch, in bytes.
const BATCH_LIMIT: usize = 5 << 20;
const NDJSON: &str = "application/x-ndjson";
const BATCHES: [&str; 2] = ["application/json", NDJSON];

/// The items of a batch in their order, each as it is or with everything that is wrong with it.
#[derive(Debug)]
pub(crate) struct Batch<T>(pub(crate) Vec<Result<T, Rejection>>);

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Batch<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            require_media_type(&request, &BATCHES)?;
            let bytes = read_body(request.headers(), &mut payload, BATCH_LIMIT, BODY_DEADLINE).await?;
            let header = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let is_lines = header.trim_start().get(..NDJSON.len()).is_some_and(|essence| essence.eq_ignore_ascii_case(NDJSON));
            if is_lines { Ok(Self(lines(text(&bytes)?))) } else { array(text(&bytes)?).map(Self) }
        })
    }
}

fn array<T: DeserializeOwned + ToSchema>(text: &str) -> Result<Vec<Result<T, Rejection>>, Problem> {
    match serde_json::from_str(text).map_err(|error| broken(&error))? {
        Value::Array(values) => Ok(values.into_iter().map(item).collect()),
        _ => Err(Problem::new(StatusCode::BAD_REQUEST, ErrorCode::Malformed, "the body is not a JSON array")),
    }
}

/// Blank lines are no items.
fn lines<T: DeserializeOwned + ToSchema>(text: &str) -> Vec<Result<T, Rejection>> {
    let full = text.lines().filter(|line| !line.trim().is_empty());
    let value = |line| serde_json::from_str(line).map_err(|error| refused(format!("the line is not JSON: {error}")));
    full.map(|line| value(line).and_then(item)).collect()
}

fn item<T: DeserializeOwned + ToSchema>(value: Value) -> Result<T, Rejection> {
    if !value.is_object() {
        return Err(refused("the item is not a JSON object"));
    }
    read(value).map_err(rejection)
}

fn refused(detail: impl Into<String>) -> Rejection {
    Violation::new(Code::Malformed, detail).into()
}

fn rejection(errors: Vec<ProblemError>) -> Rejection {
    let mut check = Check::new();
    for ProblemError { pointer, code, detail, .. } in errors {
        let field = pointer.unwrap_or_default().trim_start_matches('/').replace('/', ".");
        let code = match code {
            ErrorCode::Required => Code::Required,
            ErrorCode::UnknownField => Code::UnknownField,
            ErrorCode::InvalidNumber => Code::InvalidNumber,
            ErrorCode::OutOfRange => Code::OutOfRange,
            _ => Code::Malformed,
        };
        check.refuse(&field, code, detail);
    }
    match check.finish::<()>(None) {
        Err(rejection) => rejection,
        Ok(()) => refused("the item cannot be read"),
    }
}
