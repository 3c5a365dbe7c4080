//! What a platform says of an event beyond what all events have.

use crate::number::Quantity;
use crate::rejection::Violation;
use crate::text;

/// A single value: text, a number, or yes or no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Property {
    Text(String),
    Number(Quantity),
    Flag(bool),
}

impl Property {
    /// Trims and bounds text.
    pub fn check(self) -> Result<Self, Violation> {
        match self {
            Self::Text(text) => Ok(Self::Text(text::title(&text)?)),
            other => Ok(other),
        }
    }
}
