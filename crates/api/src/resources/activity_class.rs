//! How deep an activity goes, on the wire.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::activity_class as domain;

/// How much of themselves people put into what they do, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Class")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ActivityClass {
    /// Being there: a visit, a page read.
    Passive,
    /// Taking part: a reply, an event attended.
    Participation,
    /// Adding something that others can use: an answer, code, a published piece.
    Contribution,
    /// Carrying others along: a talk, a mentoring session.
    Leadership,
}

/// What an activity does with knowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Knowledge")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Knowledge {
    /// Something is known that was not written down before.
    Created,
    /// It is passed on.
    Shared,
    /// It is taken in.
    Consumed,
}
