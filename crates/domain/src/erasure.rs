//! Erasures: what became of a person who is to be forgotten, told without saying who it was.

use chrono::{DateTime, Utc};

use crate::id::{Id, Named};
use crate::metric::effect::Effect;
use crate::token::Token;

/// What was done to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ErasureKind {
    /// Everything that was known of them is gone, as if they had never been there.
    Erased,
    /// What they did still counts, for a member of whom nobody knows who it is.
    Anonymised,
}

/// The receipt of an erasure. It names nobody, and is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub id: Id<Erasure>,
    pub kind: ErasureKind,
    pub removed: Traces,
    pub effect: Effect,
    /// Of the community in which the figures were compared.
    pub watermark: u64,
    pub at: DateTime<Utc>,
    /// The name of the token.
    pub author: String,
    /// Absent for an operator at the command line.
    pub token: Option<Id<Token>>,
    /// Since when the same person may be taken in again.
    pub lifted_at: Option<DateTime<Utc>>,
    /// Whether it was only tried.
    pub is_dry_run: bool,
}

impl Named for Erasure {
    const PREFIX: &'static str = "era";
    const WORD: &'static str = "erasure";
}

/// How much of each was removed, or lost whatever led to the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// More than one where members had turned out to be the same person.
    pub members: u64,
    pub identities: u64,
    pub traits: u64,
    pub layer_assignments: u64,
    pub events: u64,
    /// Answers to surveys, each with everything it said before.
    pub responses: u64,
    /// Entries in the histories of all of that.
    pub changes: u64,
}

/// Which erasures a list holds; none of the kinds means any.
#[derive(Clone, Debug, Default)]
pub struct ErasureFilter {
    pub kinds: Vec<ErasureKind>,
}

/// What erasures are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ErasureSort {
    #[default]
    CreatedAt,
}
