//! The id of a request: taken from the caller where it makes sense, given otherwise, and sent back.

use std::panic::AssertUnwindSafe;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderName, HeaderValue, VARY, X_CONTENT_TYPE_OPTIONS};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, ResponseError};
use futures::FutureExt;
use uuid::Uuid;
use waymark_domain::actor::Request;
use waymark_domain::id::Id;

use crate::error_code::ErrorCode;
use crate::rate_limit::Standing;
use crate::rest::problem::Problem;

pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
/// Longest id taken from a caller.
const LONGEST: usize = 128;

#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) String);

/// Names the request, turns every failure into a problem that carries the name, and adds the headers all answers have.
pub(crate) async fn name(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, Error> {
    let given = request.headers().get(X_REQUEST_ID).and_then(|value| value.to_str().ok()).filter(|id| is_harmless(id));
    let id = given.map_or_else(|| Id::<Request>::from_uuid(Uuid::now_v7()).to_string(), str::to_owned);
    let trace = request.headers().get(TRACEPARENT).cloned();
    request.extensions_mut().insert(RequestId(id.clone()));
    // A second handle on the request would make actix panic when it routes, so a failure has no response to hang on.
    let path = request.path().to_owned();
    let mut response = match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(Ok(response)) => response.map_into_boxed_body(),
        Ok(Err(error)) => return Err(Problem { request_id: id, instance: path, ..problem_of(&error) }.into()),
        Err(_) => return Err(Problem { instance: path, ..panicked(&id) }.into()),
    };
    let problem = response.response().extensions().get::<Problem>().cloned();
    let problem = problem.or_else(|| response.response().error().map(problem_of));
    if let Some(mut problem) = problem {
        problem.request_id.clone_from(&id);
        problem.instance = path;
        problem.point_into_path(response.request().match_info());
        response = response.into_response(problem.error_response());
    }
    let standing = response.request().extensions_mut().remove::<Standing>();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(X_REQUEST_ID, value);
    }
    if let Some(trace) = trace {
        headers.insert(TRACEPARENT, trace);
    }
    if let Some(standing) = standing {
        standing.write(headers);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    headers.append(VARY, HeaderValue::from_static("Authorization"));
    Ok(response)
}

/// A failure that is not a problem yet comes from actix itself, such as a path that cannot be read.
fn problem_of(error: &Error) -> Problem {
    match error.as_error::<Problem>() {
        Some(problem) => problem.clone(),
        None => {
            let status = error.as_response_error().status_code();
            let code = if status.is_server_error() { ErrorCode::Internal } else { ErrorCode::Malformed };
            Problem::new(status, code, error.to_string())
        }
    }
}

/// A panic would drop the connection without an answer. What it was stands in the log, where the panic hook wrote it.
fn panicked(id: &str) -> Problem {
    tracing::error!(request_id = id, "a handler panicked");
    let mut problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::Internal, "something went wrong inside");
    id.clone_into(&mut problem.request_id);
    problem
}

fn is_harmless(id: &str) -> bool {
    !id.is_empty() && id.len() <= LONGEST && id.chars().all(|c| c.is_ascii_graphic())
}
