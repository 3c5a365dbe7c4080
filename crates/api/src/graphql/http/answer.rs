//! The answer as HTTP: body, status and headers.

use std::collections::BTreeMap;

use actix_web::http::header::{ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, VARY};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use serde::Serialize;

use super::media::{Media, REQUEST_TYPE};
use super::status::Outcome;
use crate::graphql::limits::Refusal;

/// A document can be wrong in thousands of places; a reader needs the first few.
const SHOWN_ERRORS: usize = 20;

/// A request that is not executed.
#[derive(Debug)]
pub(crate) struct Refused {
    outcome: Outcome,
    code: &'static str,
    message: String,
}

impl Refused {
    pub(crate) fn new(outcome: Outcome, code: &'static str, message: impl Into<String>) -> Self {
        Self { outcome, code, message: message.into() }
    }

    /// For refusals that come before the request is read, such as those of the authentication.
    pub(crate) fn into_response(self, http: &HttpRequest, request_id: &str) -> HttpResponse {
        render(self.into(), Media::accepted(http.headers()).unwrap_or(Media::Json), request_id)
    }
}

#[derive(Debug)]
pub(super) struct Answer {
    outcome: Outcome,
    data: Option<Value>,
    errors: Vec<ServerError>,
    extensions: BTreeMap<String, Value>,
}

impl Answer {
    pub(super) fn executed(response: Response) -> Self {
        Self { outcome: Outcome::Executed, data: Some(response.data), errors: response.errors, extensions: response.extensions }
    }

    pub(super) fn refused(mut response: Response) -> Self {
        response.errors.truncate(SHOWN_ERRORS);
        Self { outcome: Outcome::DocumentRefused, data: None, errors: response.errors, extensions: response.extensions }
    }

    fn of_error(outcome: Outcome, error: ServerError) -> Self {
        Self { outcome, data: None, errors: vec![error], extensions: BTreeMap::new() }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self::of_error(Outcome::DocumentRefused, refusal.into_error())
    }
}

impl From<Refused> for Answer {
    fn from(refused: Refused) -> Self {
        let mut error = ServerError::new(refused.message, None);
        error.extensions.get_or_insert_default().set("code", refused.code);
        Self::of_error(refused.outcome, error)
    }
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: &'a Vec<ServerError>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

pub(super) fn render(mut answer: Answer, media: Media, request_id: &str) -> HttpResponse {
    for error in &mut answer.errors {
        complete(error, answer.outcome, request_id);
    }
    let body = Body { data: answer.data.as_ref(), errors: &answer.errors, extensions: &answer.extensions };
    let mut response = HttpResponse::build(answer.outcome.status(media));
    response.content_type(media.content_type()).insert_header((VARY, "Accept")).insert_header((CACHE_CONTROL, "no-store"));
    add_remedy(&mut response, answer.outcome);
    match serde_json::to_string(&body) {
        Ok(text) => response.body(text),
        Err(error) => {
            tracing::error!(request_id, %error, "an answer cannot be written as JSON");
            HttpResponse::InternalServerError().finish()
        }
    }
}

pub(super) fn options() -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    add_methods(&mut response);
    response.insert_header(("Accept-Post", REQUEST_TYPE)).finish()
}

fn add_methods(response: &mut HttpResponseBuilder) {
    response.insert_header((ALLOW, "GET, HEAD, POST, OPTIONS"));
}

/// What the client can do about the status.
fn add_remedy(response: &mut HttpResponseBuilder, outcome: Outcome) {
    match outcome {
        Outcome::MethodNotAllowed => add_methods(response),
        Outcome::MutationByGet => drop(response.insert_header((ALLOW, "POST"))),
        Outcome::UnsupportedMedia => {
            response.insert_header(("Accept-Post", REQUEST_TYPE)).insert_header((ACCEPT_ENCODING, "identity"));
        }
        // What is left of the body would be read as the next request.
        Outcome::TooLarge | Outcome::TooSlow => drop(response.force_close()),
        _ => {}
    }
}

/// Gives every error a code and the id of the request.
fn complete(error: &mut ServerError, outcome: Outcome, request_id: &str) {
    let code = code_of(error, outcome);
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if extensions.get("code").is_none() {
        extensions.set("code", code);
    }
    extensions.set("requestId", request_id);
}

/// For errors that async-graphql makes itself; it tells them apart by their text only.
fn code_of(error: &ServerError, outcome: Outcome) -> &'static str {
    let is_input = ["Invalid value for argument", "Failed to parse"].iter().any(|start| error.message.starts_with(start));
    match outcome {
        _ if is_input => "BAD_USER_INPUT",
        Outcome::DocumentRefused => "GRAPHQL_VALIDATION_FAILED",
        _ => "INTERNAL",
    }
}
