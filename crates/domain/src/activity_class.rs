//! How much of themselves people put into what they do, and what it does for what the community knows.

/// From looking on to leading; ordered, so that "contribution or higher" is a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Class {
    /// Being there: a visit, a page read.
    Passive,
    /// Taking part: a reaction, a reply, an event attended.
    Participation,
    /// Adding something that others can use: an answer, code, a published piece.
    Contribution,
    /// Carrying others along: a talk, a mentoring session.
    Leadership,
}

/// What an activity does with knowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Knowledge {
    /// Something is known that was not written down before.
    Created,
    /// It is passed on.
    Shared,
    /// It is taken in.
    Consumed,
}
