//! Bodies: JSON of a known shape, with every broken field found at once.

pub(crate) mod batch;
mod form;

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
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;

use self::form::Misformed;
use crate::body::{BODY_DEADLINE, BodyError, read_body};
use crate::error_code::ErrorCode;
use crate::rest::problem::{Problem, ProblemError};
use crate::scalars;

/// Largest JSON body, in bytes.
pub(crate) const BODY_LIMIT: usize = 1 << 20;
/// Media types a JSON body may have.
const JSON: [&str; 2] = ["application/json", "application/merge-patch+json"];
/// Most broken fields that one answer names.
const MOST_ERRORS: usize = 20;

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

/// Refuses a body of another media type, and says which are understood.
pub(crate) fn require_media_type(request: &HttpRequest, understood: &[&str]) -> Result<(), Problem> {
    let header = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if understood.contains(&essence.as_str()) {
        return Ok(());
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
    let value: Value = serde_json::from_str(text(bytes)?).map_err(|error| broken(&error))?;
    if !value.is_object() {
        return Err(Problem::new(StatusCode::BAD_REQUEST, ErrorCode::Malformed, "the body is not a JSON object"));
    }
    read(value).map_err(|errors| {
        let detail = match errors.as_slice() {
            [only] => format!("{}: {}", only.pointer.as_deref().unwrap_or_default(), only.detail),
            _ => format!("{} fields of the body cannot be read: see `errors`", errors.len()),
        };
        let code = match errors.as_slice() {
            [only] => only.code,
            _ => ErrorCode::Malformed,
        };
        Problem::new(status(&errors), code, detail).with(errors)
    })
}

fn text(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|_| Problem::new(StatusCode::BAD_REQUEST, ErrorCode::Malformed, "the body is not UTF-8"))
}

fn broken(error: &serde_json::Error) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, ErrorCode::Malformed, format!("the body is not JSON: {error}"))
}

/// What an object says, or everything that is wrong with it; never nothing where it is an error.
fn read<T: DeserializeOwned + ToSchema>(mut value: Value) -> Result<T, Vec<ProblemError>> {
    make_whole(&mut value);
    let schema = form::schema(&T::name());
    let mut errors: Vec<ProblemError> = Vec::new();
    for Misformed { pointer, detail } in schema.map(|schema| form::misformed(schema, &value)).unwrap_or_default() {
        remove(&mut value, &pointer);
        errors.push(ProblemError::pointer(pointer, ErrorCode::Malformed, detail));
    }
    errors.truncate(MOST_ERRORS);
    loop {
        let failure = match serde_path_to_error::deserialize::<_, T>(&value) {
            Ok(parsed) if errors.is_empty() => return Ok(parsed),
            Ok(_) => return Err(errors),
            Err(failure) => failure,
        };
        let detail = failure.inner().to_string();
        if detail.starts_with("missing field") {
            errors.extend(missing(schema, &value, &errors, &detail));
            return Err(errors);
        }
        let pointer = pointer(&failure, &detail);
        let code = match scalars::beyond(&detail) {
            Some(code) => code,
            None if detail.starts_with("unknown field") => ErrorCode::UnknownField,
            None => ErrorCode::Malformed,
        };
        let is_removed = remove(&mut value, &pointer);
        errors.push(ProblemError::pointer(pointer, code, detail));
        // Without the broken field, the next one shows.
        if !is_removed || errors.len() >= MOST_ERRORS {
            return Err(errors);
        }
    }
}

/// Numbers and instants outside the ranges that are kept can be read, and make no sense.
fn status(errors: &[ProblemError]) -> StatusCode {
    let is_beyond = |error: &ProblemError| matches!(error.code, ErrorCode::InvalidNumber | ErrorCode::OutOfRange);
    if !errors.is_empty() && errors.iter().all(is_beyond) { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::BAD_REQUEST }
}

/// `3.0` is an integer to JSON Schema, and to languages that know one kind of number.
fn make_whole(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            let whole = text.split_once('.').filter(|(_, fraction)| fraction.chars().all(|digit| digit == '0'));
            if let Some(whole) = whole.and_then(|(whole, _)| whole.parse::<i64>().ok()) {
                *value = whole.into();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(make_whole),
        Value::Object(fields) => fields.values_mut().for_each(make_whole),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The path of a failure as a JSON pointer. An unknown field is named in the message alone.
fn pointer(failure: &serde_path_to_error::Error<serde_json::Error>, detail: &str) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in failure.path() {
        pointer.push('/');
        match segment {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } | Segment::Enum { variant: key } => pointer.push_str(&escaped(key)),
            Segment::Unknown => pointer.push('-'),
        }
    }
    let unknown = detail.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`')).map(|(name, _)| escaped(name));
    match unknown {
        Some(name) if !pointer.ends_with(&format!("/{name}")) => format!("{pointer}/{name}"),
        _ => pointer,
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Takes a field out of an object; false where there is nothing that can be taken out.
fn remove(value: &mut Value, pointer: &str) -> bool {
    let Some((parent, key)) = pointer.rsplit_once('/') else { return false };
    let key = key.replace("~1", "/").replace("~0", "~");
    match value.pointer_mut(parent) {
        Some(Value::Object(fields)) => fields.remove(&key).is_some(),
        _ => false,
    }
}

/// All required fields that are absent, leaving out those that were there but broken.
fn missing(schema: Option<&RefOr<Schema>>, value: &Value, known: &[ProblemError], detail: &str) -> Vec<ProblemError> {
    let absent = |name: &&String| {
        value.get(name.as_str()).is_none() && !known.iter().any(|error| error.pointer.as_deref() == Some(&format!("/{name}")))
    };
    let required = match schema {
        Some(RefOr::T(Schema::Object(object))) => object.required.as_slice(),
        _ => &[],
    };
    let fields: Vec<ProblemError> = required
        .iter()
        .filter(absent)
        .map(|name| ProblemError::pointer(format!("/{name}"), ErrorCode::Required, "this field is required"))
        .collect();
    if fields.is_empty() && known.is_empty() { vec![ProblemError::pointer("", ErrorCode::Required, detail)] } else { fields }
}
