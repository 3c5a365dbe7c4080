//! What became of the items of a batch, on the wire.

use async_graphql::{Enum, ID, SimpleObject};
use serde::Serialize;
use utoipa::ToSchema;
use waymark_application::Outcome;
use waymark_domain::rejection::Violation;

use crate::error_code::ErrorCode;
use crate::rest::problem::pointer_to;

/// What became of one item of a batch.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BatchItem {
    /// Its place in the batch, from 0; of lines, blank ones do not count.
    pub index: u32,
    pub status: BatchStatus,
    /// Null where it was rejected.
    #[schema(value_type = Option<String>)]
    pub id: Option<ID>,
    /// Everything that is wrong with it; empty unless it was rejected.
    pub errors: Vec<BatchError>,
}

/// Whether an item was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BatchStatus {
    /// It is new.
    Created,
    /// It was told before, and the same was said of it.
    Unchanged,
    /// It was told before, and otherwise.
    Updated,
    /// It was not taken in: see its `errors`.
    Rejected,
}

/// A broken field of an item.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BatchError {
    /// Into the item, such as `/member/value`; empty for the whole item.
    pub pointer: String,
    pub code: ErrorCode,
    pub detail: String,
}

impl BatchItem {
    /// The item at a place of the batch, with its id where it was taken in.
    pub(crate) fn of(place: usize, id: Option<impl ToString>, outcome: Outcome) -> Self {
        let (status, errors) = match outcome {
            Outcome::Created => (BatchStatus::Created, Vec::new()),
            Outcome::Unchanged => (BatchStatus::Unchanged, Vec::new()),
            Outcome::Updated => (BatchStatus::Updated, Vec::new()),
            Outcome::Rejected(rejection) => {
                (BatchStatus::Rejected, rejection.into_violations().into_iter().map(BatchError::from).collect())
            }
        };
        Self { index: u32::try_from(place).unwrap_or(u32::MAX), status, id: id.map(|id| id.to_string().into()), errors }
    }
}

/// How many items have a status.
pub(crate) fn count(items: &[BatchItem], status: BatchStatus) -> u32 {
    u32::try_from(items.iter().filter(|item| item.status == status).count()).unwrap_or(u32::MAX)
}

impl From<Violation> for BatchError {
    fn from(violation: Violation) -> Self {
        let Violation { field, code, detail } = violation;
        Self { pointer: pointer_to(&field), code: code.into(), detail }
    }
}
