//! What is no list and is given as a table all the same: as JSON whole, as NDJSON and CSV row by row.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::rest::answer::{Lasting, Timed};
use crate::rest::format::{Format, Shape};
use crate::rest::parameters::Parameters;
use crate::rest::problem::Problem;
use crate::rest::stream::Lines;

/// What has rows.
pub(crate) trait Table: Lasting {
    type Row: Serialize + 'static;

    fn rows(&self) -> &[Self::Row];

    /// The columns of a row that is laid out flat.
    fn columns(&self) -> Vec<String>;

    /// A row by its columns.
    fn cells(row: Map<String, Value>) -> Map<String, Value>;
}

/// A field of an object; null where it has none.
pub(crate) fn taken(object: &mut Value, field: &str) -> Value {
    object.get_mut(field).map(Value::take).unwrap_or_default()
}

/// How a table is written.
#[derive(Clone, Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read by the OpenAPI document alone: the value is taken from the query by hand")]
pub(crate) struct FormatParam {
    /// The format, for those who cannot set `Accept`.
    #[param(required = false, nullable = false, inline, value_type = Format)]
    format: Option<Format>,
}

/// A query of a known shape for a table.
#[derive(Debug)]
pub(crate) struct Tabled<T> {
    pub(crate) query: T,
    pub(crate) form: Form,
}

/// How the table is wanted.
#[derive(Debug)]
pub(crate) struct Form {
    request: HttpRequest,
    format: Format,
}

impl<T: DeserializeOwned + 'static> FromRequest for Tabled<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::read(request))
    }
}

impl<T: DeserializeOwned> Tabled<T> {
    fn read(request: &HttpRequest) -> Result<Self, Problem> {
        let mut parameters = Parameters::of(request)?;
        let format = Format::wanted(request, parameters.take("format")?)?;
        Ok(Self { query: parameters.rest()?, form: Form { request: request.clone(), format } })
    }
}

impl Form {
    pub(crate) fn answer<T: Table>(&self, table: &T) -> Result<HttpResponse, Problem> {
        let mut lines = match self.format {
            Format::Json => return Ok(Timed(table).respond_to(&self.request)),
            Format::Ndjson | Format::Csv => Lines::with_columns(self.format, table.columns()),
        };
        match self.format {
            Format::Csv => {
                let rows = table.rows().iter().map(|row| Shape::of(None).shaped(row).map(T::cells));
                lines.start(rows.collect::<Result<Vec<_>, _>>()?.iter())?;
            }
            Format::Json | Format::Ndjson => lines.start(table.rows().iter())?,
        }
        Ok(lines.respond::<T::Row>(&self.request, None))
    }
}
