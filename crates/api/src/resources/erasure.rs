//! Erasures of people on the wire.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_domain::erasure as domain;

use crate::resources::Tagged;
use crate::resources::effect::Effect;
use crate::rest::parameters::commas;
use crate::scalars::DateTime;

/// The receipt of an erasure. It names nobody.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Erasure {
    #[schema(value_type = String, example = "era_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    pub kind: ErasureKind,
    /// Whether it was only tried: then nothing was written, and nothing has the id.
    pub dry_run: bool,
    pub removed: Traces,
    pub effect: Effect,
    /// Of the community in which the figures were compared.
    pub watermark: u64,
    pub erased_at: DateTime,
    /// The name of the token.
    pub author: String,
    /// The token; null for an operator at the command line.
    #[schema(value_type = Option<String>)]
    pub token_id: Option<ID>,
    /// Since when the same person may be taken in again; null where events and answers of theirs are refused.
    pub lifted_at: Option<DateTime>,
}

/// What was done to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::ErasureKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ErasureKind {
    /// Everything that was known of them is gone, as if they had never been there.
    Erased,
    /// What they did still counts, for a member of whom nobody knows who it is.
    Anonymised,
}

/// What erasures are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::ErasureSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ErasureSort {
    CreatedAt,
}

/// How much of each was removed, or lost whatever led to the person.
#[derive(Clone, Copy, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
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

/// Which erasures to list.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ErasureFilter {
    /// One or both kinds, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<ErasureKind>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub kind: Option<Vec<ErasureKind>>,
}

/// How to erase.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct ErasureParams {
    /// Do everything, report it, and keep nothing of it.
    #[param(required = false)]
    pub(crate) dry_run: bool,
}

impl Erasure {
    /// Where REST keeps it.
    pub(crate) fn location(&self) -> String {
        format!("/v1/erasures/{}", self.id.as_str())
    }
}

impl Tagged for Erasure {
    /// All that changes is that it is lifted, once.
    fn version(&self) -> u32 {
        if self.lifted_at.is_some() { 2 } else { 1 }
    }
}

impl From<domain::Erasure> for Erasure {
    fn from(erasure: domain::Erasure) -> Self {
        let domain::Erasure { id, kind, removed, effect, watermark, at, author, token, lifted_at, is_dry_run } = erasure;
        Self {
            id: id.to_string().into(),
            kind: kind.into(),
            dry_run: is_dry_run,
            removed: removed.into(),
            effect: effect.into(),
            watermark,
            erased_at: DateTime(at),
            author,
            token_id: token.map(|token| token.to_string().into()),
            lifted_at: lifted_at.map(DateTime),
        }
    }
}

impl From<domain::Traces> for Traces {
    fn from(traces: domain::Traces) -> Self {
        let domain::Traces { members, identities, traits, layer_assignments, events, responses, changes } = traces;
        Self { members, identities, traits, layer_assignments, events, responses, changes }
    }
}

impl From<ErasureFilter> for domain::ErasureFilter {
    fn from(filter: ErasureFilter) -> Self {
        let ErasureFilter { kind } = filter;
        Self { kinds: kind.into_iter().flatten().map(Into::into).collect() }
    }
}
