//! What became of the items of a batch, on the wire.

use async_graphql::{Enum, SimpleObject};
use serde::Serialize;
use utoipa::ToSchema;
use waymark_application as application;
use waymark_domain::rejection::{Rejection, Violation};

use crate::error_code::ErrorCode;

/// What became of an item of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    Created,
    /// It was sent before, and said the same.
    Unchanged,
    /// It was sent before, and said something else.
    Updated,
    /// Nothing of it was taken in: see its `errors`.
    Rejected,
}

/// Something wrong with an item of a batch.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
pub struct ItemError {
    /// Into the item, such as `/member/platform`; empty for the whole of it.
    #[schema(example = "/value")]
    pub pointer: String,
    pub code: ErrorCode,
    pub detail: String,
}

/// The outcome on the wire, with what was wrong.
pub(crate) fn outcome(outcome: application::Outcome) -> (Outcome, Vec<ItemError>) {
    match outcome {
        application::Outcome::Created => (Outcome::Created, Vec::new()),
        application::Outcome::Unchanged => (Outcome::Unchanged, Vec::new()),
        application::Outcome::Updated => (Outcome::Updated, Vec::new()),
        application::Outcome::Rejected(rejection) => (Outcome::Rejected, errors(rejection)),
    }
}

fn errors(rejection: Rejection) -> Vec<ItemError> {
    let error = |Violation { field, code, detail }| {
        let pointer = if field.is_empty() { String::new() } else { format!("/{}", field.replace('.', "/")) };
        ItemError { pointer, code: code.into(), detail }
    };
    rejection.into_violations().into_iter().map(error).collect()
}
