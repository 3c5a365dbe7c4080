//! Why a document is not executed.

use async_graphql::parser::{self, Pos};
use async_graphql::{ErrorExtensionValues, ServerError};

#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// The limit and what the query asks for.
    pub(crate) exceeded: Option<(u64, u64)>,
    pub(crate) locations: Vec<Pos>,
}

impl Refusal {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), exceeded: None, locations: Vec::new() }
    }

    pub(super) fn unless(code: &'static str, things: &str, limit: u64, actual: u64) -> Result<(), Self> {
        if actual <= limit {
            return Ok(());
        }
        let over = actual.saturating_sub(limit);
        let message = if actual == u64::MAX {
            format!("the query has more {things} than can be counted, the limit is {limit}")
        } else {
            format!("the query has {actual} {things}, the limit is {limit}: {over} too many")
        };
        Err(Self { exceeded: Some((limit, actual)), ..Self::new(code, message) })
    }

    pub(super) fn unreadable(message: &str, at: Pos) -> Self {
        Self { locations: vec![at], ..Self::new("GRAPHQL_PARSE_FAILED", message) }
    }

    pub(super) fn syntax(error: parser::Error) -> Self {
        let locations = error.positions().collect();
        let text = error.to_string();
        // The parser draws the offending line as well, which may be the whole query.
        let reason = text.rsplit("= ").next().unwrap_or(&text).trim().to_owned();
        Self { locations, ..Self::new("GRAPHQL_PARSE_FAILED", reason) }
    }

    pub(super) fn page(field: &str, argument: &str, limit: u64, actual: u64) -> Self {
        let message = format!("`{argument}` of `{field}` is {actual}, a page has at most {limit} entries");
        Self { exceeded: Some((limit, actual)), ..Self::new("PAGE_TOO_LARGE", message) }
    }

    pub(super) fn negative_page(field: &str, argument: &str, actual: i64) -> Self {
        Self::new("OUT_OF_RANGE", format!("`{argument}` of `{field}` is {actual}, a page has at least 1 entry"))
    }

    pub(super) fn cycle(fragment: &str) -> Self {
        Self::new("GRAPHQL_VALIDATION_FAILED", format!("fragment `{fragment}` spreads itself"))
    }

    pub(super) fn unknown_fields(names: &[&str]) -> Self {
        let names = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        Self::new("GRAPHQL_VALIDATION_FAILED", format!("the schema does not have these fields: {names} and more"))
    }

    pub(crate) fn into_error(self) -> ServerError {
        let mut error = ServerError::new(self.message, None);
        error.locations = self.locations;
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        extensions.set("code", self.code);
        if let Some((limit, actual)) = self.exceeded {
            extensions.set("limit", limit);
            extensions.set("actual", actual);
        }
        error
    }
}
