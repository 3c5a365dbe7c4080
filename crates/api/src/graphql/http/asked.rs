//! What a client asks: the four parameters, from a JSON body or from the URL.

use actix_web::http::Method;
use actix_web::{HttpRequest, web};
use async_graphql::{Extensions, Request, Variables};
use serde_json::{Map, Value as Json};

use super::media::check_content_type;
use super::{Outcome, Refused};
use crate::body::{BODY_DEADLINE, BodyError, read_body};

pub(super) const MAX_BODY: usize = 256 * 1024;

const PARAMETERS: [&str; 4] = ["query", "operationName", "variables", "extensions"];

pub(super) async fn read_request(http: &HttpRequest, mut body: web::Payload) -> Result<Request, Refused> {
    match *http.method() {
        Method::GET | Method::HEAD => from_url(http.query_string()).and_then(request),
        Method::POST => {
            check_content_type(http.headers())?;
            let bytes = read_body(http.headers(), &mut body, MAX_BODY, BODY_DEADLINE).await.map_err(unread)?;
            from_json(&bytes).and_then(request)
        }
        _ => Err(Refused::new(Outcome::MethodNotAllowed, "METHOD_NOT_ALLOWED", "GraphQL is asked by GET or POST")),
    }
}

fn from_json(body: &[u8]) -> Result<Map<String, Json>, Refused> {
    match serde_json::from_slice(body) {
        Ok(Json::Object(parameters)) => Ok(parameters),
        Ok(Json::Array(_)) => Err(malformed("BATCH_NOT_SUPPORTED", "send one operation per request: batches are not answered")),
        Ok(_) => Err(malformed("BAD_REQUEST", "the body is not a JSON object")),
        Err(_) if body.is_empty() => Err(malformed("BAD_REQUEST", "the body is empty")),
        Err(error) => Err(malformed("BAD_REQUEST", format!("the body is not JSON: {error}"))),
    }
}

fn from_url(query: &str) -> Result<Map<String, Json>, Refused> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|_| malformed("BAD_REQUEST", "the parameters of the URL are not well-formed"))?;
    let mut parameters = Map::new();
    for (name, text) in pairs.into_inner() {
        if !PARAMETERS.contains(&name.as_str()) {
            continue;
        }
        let value = match name.as_str() {
            "variables" | "extensions" => {
                serde_json::from_str(&text).map_err(|error| malformed("BAD_REQUEST", format!("`{name}` is not JSON: {error}")))?
            }
            _ => Json::String(text),
        };
        if parameters.insert(name.clone(), value).is_some() {
            return Err(malformed("BAD_REQUEST", format!("`{name}` is given twice")));
        }
    }
    Ok(parameters)
}

fn request(mut parameters: Map<String, Json>) -> Result<Request, Refused> {
    let mut take = |name: &str| parameters.remove(name).filter(|value| !value.is_null());
    let operation_name = take("operationName").map(|value| text("operationName", value)).transpose()?;
    let variables = take("variables").map(|value| object("variables", value)).transpose()?;
    let extensions = take("extensions").map(|value| object("extensions", value)).transpose()?.unwrap_or_default();
    let Some(query) = take("query") else {
        return Err(missing_query(&extensions));
    };
    let mut request = Request::new(text("query", query)?);
    request.operation_name = operation_name;
    request.variables = variables.map(|object| Variables::from_json(Json::Object(object))).unwrap_or_default();
    request.extensions =
        Extensions(extensions.into_iter().filter_map(|(name, value)| Some((name, serde_json::from_value(value).ok()?))).collect());
    Ok(request)
}

/// A client that sent the hash of a query falls back to its text when told in these words.
fn missing_query(extensions: &Map<String, Json>) -> Refused {
    if extensions.contains_key("persistedQuery") {
        return Refused::new(Outcome::DocumentRefused, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported");
    }
    malformed("BAD_REQUEST", "`query` is missing")
}

fn text(name: &str, value: Json) -> Result<String, Refused> {
    match value {
        Json::String(text) => Ok(text),
        _ => Err(malformed("BAD_REQUEST", format!("`{name}` is not a string"))),
    }
}

fn object(name: &str, value: Json) -> Result<Map<String, Json>, Refused> {
    match value {
        Json::Object(object) => Ok(object),
        _ => Err(malformed("BAD_REQUEST", format!("`{name}` is not an object"))),
    }
}

fn malformed(code: &'static str, message: impl Into<String>) -> Refused {
    Refused::new(Outcome::Malformed, code, message)
}

fn unread(error: BodyError) -> Refused {
    let (outcome, code) = match error {
        BodyError::TooLarge { .. } => (Outcome::TooLarge, "BODY_TOO_LARGE"),
        BodyError::TooSlow { .. } => (Outcome::TooSlow, "BODY_TOO_SLOW"),
        BodyError::Encoded { .. } => (Outcome::UnsupportedMedia, "UNSUPPORTED_CONTENT_ENCODING"),
        BodyError::Broken => (Outcome::Malformed, "BAD_REQUEST"),
    };
    Refused::new(outcome, code, error.to_string())
}
