//! How much of themselves people put into what they do, and what it does for the knowledge of a community.

/// The depth of an activity, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Class {
    Passive,
    Participation,
    Contribution,
    Leadership,
}

/// What an activity does for knowledge, as knowledge velocity counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Knowledge {
    Created,
    Shared,
    Consumed,
}
