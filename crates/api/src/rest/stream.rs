//! Long answers, written line by line while the next page is read.

use std::future::Future;
use std::pin::Pin;

use actix_web::http::header::{CONTENT_DISPOSITION, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use futures::stream;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use waymark_application::Error;
use waymark_domain::page::{LIMIT, Page, Position, Slice};

use crate::rest::answer::hashed;
use crate::rest::format::{Format, Shape};
use crate::rest::problem::Problem;

type Fetched<T> = Pin<Box<dyn Future<Output = Result<Slice<T>, Error>>>>;

/// Where the pages after the first come from.
pub(crate) struct Source<T> {
    fetch: Box<dyn Fn(Page) -> Fetched<T>>,
    after: Option<Position>,
}

impl<T> Source<T> {
    pub(crate) fn new<F: Future<Output = Result<Slice<T>, Error>> + 'static>(
        fetch: impl Fn(Page) -> F + 'static,
        after: Option<Position>,
    ) -> Self {
        Self { fetch: Box::new(move |page| Box::pin(fetch(page))), after }
    }
}

/// Lines of items in NDJSON or CSV.
pub(crate) struct Lines {
    format: Format,
    shape: Shape,
    columns: Vec<String>,
    written: Vec<u8>,
}

impl Lines {
    pub(crate) fn new<T: ToSchema>(format: Format, shape: Shape) -> Self {
        let columns = shape.columns::<T>();
        Self { format, shape, columns, written: Vec::new() }
    }

    /// Of a table whose columns hang on what it shows.
    pub(crate) fn with_columns(format: Format, columns: Vec<String>) -> Self {
        Self { format, shape: Shape::of(None), columns, written: Vec::new() }
    }

    /// Writes the line of column names, where the format has one, and the first items.
    pub(crate) fn start<'a, T: Serialize + 'a>(&mut self, items: impl Iterator<Item = &'a T>) -> Result<(), Problem> {
        if self.format == Format::Csv {
            self.written = row(self.columns.iter().cloned())?;
        }
        for item in items {
            let line = self.line(item)?;
            self.written.extend_from_slice(&line);
        }
        Ok(())
    }

    fn line<T: Serialize>(&self, item: &T) -> Result<Vec<u8>, Problem> {
        let mut object = self.shape.shaped(item)?;
        match self.format {
            Format::Csv => row(self.columns.iter().map(|column| cell(object.remove(column).unwrap_or_default()))),
            Format::Json | Format::Ndjson => {
                let mut line = serde_json::to_vec(&object).unwrap_or_default();
                line.push(b'\n');
                Ok(line)
            }
        }
    }

    /// What is written so far.
    pub(crate) fn into_text(self) -> String {
        String::from_utf8_lossy(&self.written).into_owned()
    }

    /// Answers with what is written so far and, where there is a source, with all that follows. An answer that is
    /// complete has an ETag; one that is still being read cannot have any.
    pub(crate) fn respond<T: Serialize + 'static>(self, request: &HttpRequest, source: Option<Source<T>>) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response.content_type(self.format.media_type());
        if self.format == Format::Csv {
            response.insert_header((CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"waymark.csv\"")));
        }
        match source {
            None => hashed(request, response.body(()), self.written),
            Some(source) => response.streaming(stream::try_unfold((self, Some(source)), next)),
        }
    }
}

/// What is written already, then page after page.
async fn next<T: Serialize>(
    (mut lines, source): (Lines, Option<Source<T>>),
) -> Result<Option<(Bytes, (Lines, Option<Source<T>>))>, Problem> {
    if !lines.written.is_empty() {
        let written = std::mem::take(&mut lines.written);
        return Ok(Some((written.into(), (lines, source))));
    }
    let Some(source) = source else { return Ok(None) };
    let page = Page { from: source.after, ..Page::first(LIMIT) };
    let slice = (source.fetch)(page).await?;
    let mut written = Vec::new();
    for placed in &slice.items {
        written.extend_from_slice(&lines.line(&placed.item)?);
    }
    let after = slice.items.last().map(|placed| placed.at.clone());
    let rest = slice.has_next.then_some(Source { fetch: source.fetch, after });
    Ok(Some((written.into(), (lines, rest))))
}

fn row(cells: impl Iterator<Item = String>) -> Result<Vec<u8>, Problem> {
    let internal = |error: csv::Error| Problem::from(Error::Internal(error.to_string().into()));
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(cells).map_err(internal)?;
    writer.into_inner().map_err(|error| Problem::from(Error::Internal(error.to_string().into())))
}

/// A cell. A spreadsheet would run text that begins like a formula, so such text gets an apostrophe in front.
fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Value::String(text) => text,
        other => other.to_string(),
    }
}
