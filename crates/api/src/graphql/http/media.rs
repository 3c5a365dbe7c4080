//! The media types of requests and answers.

use actix_web::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap};

use super::{Outcome, Refused};

/// What a request body may be.
pub(super) const REQUEST_TYPE: &str = "application/json";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    GraphqlResponse,
    Json,
}

impl Media {
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// The type the client likes best, the one it names first among equals; JSON where it does not
    /// say, which is what the specification asks for the sake of old clients.
    pub(super) fn accepted(headers: &HeaderMap) -> Result<Self, Refused> {
        let ranges = headers.get_all(ACCEPT).flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
        let mut ranges = ranges.filter(|range| !range.trim_ascii().is_empty()).peekable();
        if ranges.peek().is_none() {
            return Ok(Self::Json);
        }
        let mut best: Option<(Self, u16)> = None;
        for (media, quality) in ranges.filter_map(|range| offered(std::str::from_utf8(range).ok()?)) {
            if quality > best.map_or(0, |(_, quality)| quality) {
                best = Some((media, quality));
            }
        }
        best.map(|(media, _)| media).ok_or_else(|| {
            let message = "answers come as application/graphql-response+json or application/json, in utf-8";
            Refused::new(Outcome::NotAcceptable, "NOT_ACCEPTABLE", message)
        })
    }
}

/// A media range that can be answered, with its quality in thousandths.
fn offered(range: &str) -> Option<(Media, u16)> {
    let mut parts = range.split(';').map(str::trim);
    let media = match parts.next()?.to_ascii_lowercase().as_str() {
        "application/graphql-response+json" => Media::GraphqlResponse,
        "application/json" | "application/*" | "*/*" => Media::Json,
        _ => return None,
    };
    let mut quality = 1000;
    for (name, value) in parts.filter_map(|part| part.split_once('=')) {
        match name.trim().to_ascii_lowercase().as_str() {
            "charset" if !is_utf8(value) => return None,
            "q" => quality = thousandths(value.trim())?,
            _ => {}
        }
    }
    Some((media, quality))
}

fn thousandths(quality: &str) -> Option<u16> {
    let (whole, fraction) = quality.split_once('.').unwrap_or((quality, ""));
    let is_weight = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    match whole {
        "1" if is_weight => Some(1000),
        "0" if is_weight => format!("{fraction:0<3}").parse().ok(),
        _ => None,
    }
}

/// Whether the body is JSON in utf-8, the charset being optional.
pub(super) fn check_content_type(headers: &HeaderMap) -> Result<(), Refused> {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = given.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case(REQUEST_TYPE));
    let mut parameters = parts.filter_map(|part| part.split_once('='));
    if is_json && parameters.all(|(name, value)| !name.trim().eq_ignore_ascii_case("charset") || is_utf8(value)) {
        return Ok(());
    }
    let message = format!("a GraphQL request is sent as {REQUEST_TYPE} in utf-8, not as `{given}`");
    Err(Refused::new(Outcome::UnsupportedMedia, "UNSUPPORTED_MEDIA_TYPE", message))
}

fn is_utf8(charset: &str) -> bool {
    matches!(charset.trim().trim_matches('"').to_ascii_lowercase().as_str(), "utf-8" | "utf8" | "us-ascii")
}
