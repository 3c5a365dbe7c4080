//! Batches: many items in one body, each read by itself, so that one that cannot be read does not keep out the others.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer as _, Error as _, SeqAccess, Visitor};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use waymark_domain::event::BATCH_COUNT;
use waymark_domain::rejection::{Code, Rejection, Violation};

use super::{malformed, reading, require_media_type, text, unreadable};
use crate::body::{BODY_DEADLINE, read_body};
use crate::error_code::ErrorCode;
use crate::rest::problem::{Problem, ProblemError};

/// Largest batch, in bytes.
pub(crate) const BATCH_LIMIT: usize = 5 << 20;
const JSON: &str = "application/json";
const NDJSON: &str = "application/x-ndjson";

/// The items of a JSON list, or of lines of NDJSON; at most [`BATCH_COUNT`].
#[derive(Debug)]
pub(crate) struct Batch<T>(Vec<Result<T, Rejection>>);

/// How to take in a batch.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct BatchParams {
    /// Take in everything or nothing: one item that is refused keeps out all of them.
    #[param(required = false)]
    pub(crate) atomic: bool,
}

impl<T> Batch<T> {
    /// Every item in the order of the body, or what is wrong with it. Of an atomic batch every item has to be readable.
    pub(crate) fn items(self, atomic: bool) -> Result<Vec<Result<T, Rejection>>, Problem> {
        if atomic && self.0.iter().any(Result::is_err) {
            let broken = self.0.into_iter().enumerate().filter_map(|(place, item)| Some((place, item.err()?)));
            let violations = broken.flat_map(|(place, rejection)| rejection.into_violations().into_iter().map(move |one| one.at(place)));
            return Err(unreadable(violations.collect()));
        }
        Ok(self.0)
    }
}

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Batch<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let media_type = require_media_type(&request, &[JSON, NDJSON])?;
            let bytes = read_body(request.headers(), &mut payload, BATCH_LIMIT, BODY_DEADLINE).await?;
            let text = text(&bytes)?;
            if media_type == NDJSON { lines(text) } else { list(text) }.map(Self)
        })
    }
}

/// One line of NDJSON as a `T`, or everything that is wrong with it.
pub(crate) fn line<T: DeserializeOwned + ToSchema>(line: &str) -> Result<T, Rejection> {
    let value = serde_json::from_str(line);
    reading::read(value.map_err(|error| Rejection::from(Violation::new(Code::Malformed, format!("not JSON: {error}"))))?)
}

fn lines<T: DeserializeOwned + ToSchema>(text: &str) -> Result<Vec<Result<T, Rejection>>, Problem> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(BATCH_COUNT + 1).collect();
    if lines.len() > BATCH_COUNT {
        return Err(too_many());
    }
    Ok(lines.into_iter().map(line).collect())
}

fn list<T: DeserializeOwned + ToSchema>(text: &str) -> Result<Vec<Result<T, Rejection>>, Problem> {
    let mut values = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let whole = deserializer.deserialize_seq(Values(&mut values)).and_then(|()| deserializer.end());
    if values.len() > BATCH_COUNT {
        return Err(too_many());
    }
    whole.map_err(|error| malformed(format!("the body is not a JSON list: {error}")))?;
    Ok(values.into_iter().map(reading::read).collect())
}

/// Collects the values of a list, and stops at the first too many.
struct Values<'a>(&'a mut Vec<Value>);

impl<'de> Visitor<'de> for Values<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        while let Some(value) = seq.next_element()? {
            self.0.push(value);
            if self.0.len() > BATCH_COUNT {
                return Err(S::Error::custom("too many"));
            }
        }
        Ok(())
    }
}

fn too_many() -> Problem {
    let detail = format!("a batch has at most {BATCH_COUNT} items: send them in several");
    let error = ProblemError::pointer("", ErrorCode::TooMany, detail.clone());
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, ErrorCode::TooMany, detail).with(vec![error])
}
