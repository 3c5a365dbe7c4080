//! Grades on the wire.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::scalars::Decimal;

/// The final judgement of a person.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewGrade {
    /// From 0 to 1.
    #[schema(minimum = 0, maximum = 1, example = 0.7)]
    pub grade: Decimal,
    /// Required where the grade differs from the score.
    pub reason: Option<String>,
}
