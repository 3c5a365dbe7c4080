//! Problems: every answer that is not a success, by RFC 9457.

use actix_web::dev::{Path, Url};
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use waymark_application::{Current, Error};
use waymark_domain::rejection::{Rejection, Violation};

use crate::error_code::ErrorCode;
use crate::resources;

pub(crate) const PROBLEM_JSON: &str = "application/problem+json";

/// Why a request was refused, and what to do about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Problem {
    /// A page that says what this kind of problem means.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/problems/NOT_FOUND")]
    pub kind: String,
    #[schema(example = "Not Found")]
    pub title: String,
    #[schema(example = 404)]
    pub status: u16,
    /// What is wrong with this request in particular.
    #[schema(example = "there is no key result `2026-Q4.devrel.O1-KR9`")]
    pub detail: String,
    /// The path that was asked for.
    #[schema(format = "uri-reference")]
    pub instance: String,
    pub code: ErrorCode,
    /// Finds the request in the server's log.
    pub request_id: String,
    /// Every part of the input that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<ProblemError>,
    /// The thing as it is now, where the version that was named is not the current one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Value>,
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

/// One wrong part of a request: a field of the body by JSON pointer, a parameter or a header.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProblemError {
    /// Into the body, such as `/steps/0/weight`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pointer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub parameter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub header: Option<String>,
    pub code: ErrorCode,
    pub detail: String,
}

impl ProblemError {
    pub(crate) fn parameter(name: impl Into<String>, code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { pointer: None, parameter: Some(name.into()), header: None, code, detail: detail.into() }
    }

    pub(crate) fn pointer(pointer: impl Into<String>, code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.into()), parameter: None, header: None, code, detail: detail.into() }
    }

    pub(crate) fn header(name: &HeaderName, code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { pointer: None, parameter: None, header: Some(name.to_string()), code, detail: detail.into() }
    }

    /// A violation of a field of the body, or of a parameter where the request has no body.
    pub(crate) fn of(violation: Violation, in_query: bool) -> Self {
        let (field, code) = (violation.field, violation.code.into());
        if in_query {
            return Self::parameter(field, code, violation.detail);
        }
        Self::pointer(pointer_to(&field), code, violation.detail)
    }
}

/// A field's path as a JSON pointer.
pub(crate) fn pointer_to(field: &str) -> String {
    if field.is_empty() { String::new() } else { format!("/{}", field.replace('.', "/").replace("~2", ".")) }
}

/// The path of the field that a JSON pointer leads to.
pub(crate) fn field_at(pointer: &str) -> String {
    pointer.strip_prefix('/').unwrap_or(pointer).replace('.', "~2").replace('/', ".")
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: ErrorCode, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{}", <&str>::from(code)),
            title: status.canonical_reason().unwrap_or("Problem").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            instance: String::new(),
            code,
            request_id: String::new(),
            errors: Vec::new(),
            current: None,
            headers: Vec::new(),
        }
    }

    #[must_use]
    pub(crate) fn with(mut self, errors: Vec<ProblemError>) -> Self {
        self.errors = errors;
        self
    }

    #[must_use]
    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// What a path names is no field of the body, whatever it is called by the command that refused it.
    pub(crate) fn point_into_path(&mut self, path: &Path<Url>) {
        for error in &mut self.errors {
            let parameter = error.pointer.as_deref().and_then(|pointer| pointer.strip_prefix('/')).filter(|name| path.get(name).is_some());
            if let Some(name) = parameter.map(str::to_owned) {
                (error.pointer, error.parameter) = (None, Some(name));
            }
        }
    }

    pub(crate) fn not_found(path: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, format!("nothing is served at `{path}`; see /docs for what is"))
    }

    pub(crate) fn method_not_allowed(allowed: &str) -> Self {
        let problem = Self::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::MethodNotAllowed, format!("this address takes {allowed}"));
        match HeaderValue::from_str(allowed) {
            Ok(value) => problem.header(ALLOW, value),
            Err(_) => problem,
        }
    }

    pub(crate) fn unauthenticated() -> Self {
        let detail = "send a valid token as `Authorization: Bearer wmk_…`";
        Self::new(StatusCode::UNAUTHORIZED, ErrorCode::Unauthenticated, detail)
            .header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"waymark\""))
    }

    fn rejected(status: StatusCode, rejection: Rejection, in_query: bool) -> Self {
        let detail = rejection.to_string();
        let errors: Vec<ProblemError> =
            rejection.into_violations().into_iter().map(|violation| ProblemError::of(violation, in_query)).collect();
        let code = match errors.as_slice() {
            [only] => only.code,
            _ => ErrorCode::Invalid,
        };
        Self::new(status, code, detail).with(errors)
    }

    /// As [`Problem::from`], for a request whose input stands in its query.
    pub(crate) fn of_query(error: Error) -> Self {
        match error {
            Error::Rejected(rejection) => Self::rejected(StatusCode::UNPROCESSABLE_ENTITY, rejection, true),
            other => other.into(),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::Unauthenticated => Self::unauthenticated(),
            Error::Forbidden(_) | Error::OutOfReach(_) => Self::new(StatusCode::FORBIDDEN, ErrorCode::Forbidden, detail),
            Error::NotFound { .. } => Self::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, detail),
            Error::Rejected(rejection) => Self::rejected(StatusCode::UNPROCESSABLE_ENTITY, rejection, false),
            Error::Conflict(rejection) => Self::rejected(StatusCode::CONFLICT, rejection, false),
            Error::Stale(current) => stale(*current),
            Error::Raced => Self::new(StatusCode::CONFLICT, ErrorCode::ConcurrentChange, detail),
            Error::Unavailable(source) => {
                tracing::warn!(error = %source, "the database is not available");
                Self::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable, detail)
                    .header(RETRY_AFTER, HeaderValue::from_static("2"))
            }
            Error::Internal(source) => {
                tracing::error!(error = %source, "a request failed inside");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::Internal, detail)
            }
        }
    }
}

fn stale(current: Current) -> Problem {
    let detail = "it has been changed since it was read: see `current`, and send its version in If-Match";
    let mut problem = Problem::new(StatusCode::PRECONDITION_FAILED, ErrorCode::VersionConflict, detail);
    problem.current = resources::current(current);
    problem
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.status, <&str>::from(self.code), self.detail)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The request's id and path are filled in by the middleware that knows them.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        for (name, value) in &self.headers {
            response.append_header((name.clone(), value.clone()));
        }
        let mut response = response.content_type(PROBLEM_JSON).json(self);
        response.extensions_mut().insert(self.clone());
        response
    }
}
