//! Formats: what the caller accepts, and how items are written in it.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::ACCEPT;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;

use crate::error_code::ErrorCode;
use crate::resources::page::Listed;
use crate::rest::expand::EXPANDED;
use crate::rest::problem::{Problem, ProblemError};

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    Json,
    /// One JSON object a line.
    Ndjson,
    /// With a line of column names; nested fields are joined by dots.
    Csv,
}

impl Format {
    /// The format that was asked for by parameter, or else the best the caller accepts.
    pub(crate) fn wanted(request: &HttpRequest, parameter: Option<Self>) -> Result<Self, Problem> {
        if let Some(format) = parameter {
            return Ok(format);
        }
        let accept = accept(request);
        let offers = [
            (Self::Json, ["application/json", "application/*", "*/*"]),
            (Self::Ndjson, ["application/x-ndjson", "application/*", "*/*"]),
            (Self::Csv, ["text/csv", "text/*", "*/*"]),
        ];
        let best = offers
            .into_iter()
            .map(|(format, ranges)| (quality(accept, &ranges), format))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        match best {
            Some((quality, format)) if quality > 0 => Ok(format),
            _ => Err(not_acceptable("application/json, application/x-ndjson, text/csv")),
        }
    }

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// What the caller accepts: anything, where nothing is said.
pub(crate) fn accept(request: &HttpRequest) -> &str {
    request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*")
}

pub(crate) fn not_acceptable(offered: &str) -> Problem {
    let error = ProblemError::header(&ACCEPT, ErrorCode::NotAcceptable, format!("accept one of {offered}"));
    Problem::new(StatusCode::NOT_ACCEPTABLE, ErrorCode::NotAcceptable, format!("this can be given as {offered}")).with(vec![error])
}

/// How much a media type is wanted, in thousandths: the most specific range that matches decides.
pub(crate) fn quality(accept: &str, ranges: &[&str]) -> u16 {
    let wanted = |range: &str| {
        accept.split(',').find_map(|part| {
            let mut pieces = part.split(';').map(str::trim);
            let is_it = pieces.next().is_some_and(|name| name.eq_ignore_ascii_case(range));
            let weight = pieces.find_map(|piece| piece.strip_prefix("q=")).map_or(Some(1.0), |text| text.parse::<f32>().ok());
            is_it.then(|| thousandths(weight.unwrap_or(0.0)))
        })
    };
    ranges.iter().find_map(|range| wanted(range)).unwrap_or(0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1000 before")]
fn thousandths(weight: f32) -> u16 {
    (weight.clamp(0.0, 1.0) * 1000.0) as u16
}

/// Which fields of each item are written.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    fields: Option<Vec<String>>,
}

impl Shape {
    pub(crate) fn of(fields: Option<Vec<String>>) -> Self {
        Self { fields }
    }

    /// Fields that items of this kind do not have are refused.
    pub(crate) fn check<T: ToSchema>(&self) -> Result<(), Problem> {
        let known = properties::<T>();
        if self.fields.as_ref().is_some_and(Vec::is_empty) {
            let detail = format!("name at least one field; there are {}", known.join(", "));
            let problem = Problem::new(StatusCode::BAD_REQUEST, ErrorCode::Required, format!("fields: {detail}"));
            return Err(problem.with(vec![ProblemError::parameter("fields", ErrorCode::Required, detail)]));
        }
        let strangers: Vec<ProblemError> =
            self.fields.iter().flatten().filter(|field| !known.contains(field)).map(|field| stranger(field, &known)).collect();
        match strangers.as_slice() {
            [] => Ok(()),
            [first, ..] => {
                let problem = Problem::new(StatusCode::BAD_REQUEST, ErrorCode::UnknownField, first.detail.clone());
                Err(problem.with(strangers))
            }
        }
    }

    /// An item with the wanted fields only.
    pub(crate) fn shaped<T: Serialize>(&self, item: &T) -> Result<Map<String, Value>, Problem> {
        let value =
            serde_json::to_value(item).map_err(|error| Problem::from(waymark_application::Error::Internal(error.to_string().into())))?;
        let Value::Object(mut object) = value else { return Ok(Map::new()) };
        if let Some(fields) = &self.fields {
            object.retain(|name, _| fields.contains(name));
        }
        Ok(object)
    }

    pub(crate) fn listed<T: Serialize>(&self, listed: &Listed<T>) -> Result<Vec<u8>, Problem> {
        let internal = |error: serde_json::Error| Problem::from(waymark_application::Error::Internal(error.to_string().into()));
        if self.fields.is_none() {
            return serde_json::to_vec(listed).map_err(internal);
        }
        let items = listed.items.iter().map(|item| self.shaped(item)).collect::<Result<Vec<_>, _>>()?;
        serde_json::to_vec(&Listed { items, page: listed.page.clone() }).map_err(internal)
    }

    /// The columns of a table: the wanted fields in the order of the resource, nested ones joined by dots.
    pub(crate) fn columns<T: ToSchema>(&self) -> Vec<String> {
        let is_asked = |name: &String| self.fields.as_ref().is_none_or(|fields| fields.contains(name));
        let is_wanted = |name: &String| is_asked(name) && !EXPANDED.contains(&name.as_str());
        properties::<T>().into_iter().filter(is_wanted).collect()
    }
}

fn stranger(field: &str, known: &[String]) -> ProblemError {
    ProblemError::parameter("fields", ErrorCode::UnknownField, format!("there is no field `{field}`; there are {}", known.join(", ")))
}

/// The names of a resource's fields, in their order.
fn properties<T: ToSchema>() -> Vec<String> {
    match T::schema() {
        RefOr::T(Schema::Object(object)) => object.properties.keys().cloned().collect(),
        _ => Vec::new(),
    }
}
