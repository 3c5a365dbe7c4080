//! Roles and permissions on the wire.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_domain::authorization as domain;

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Role")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Everything, the workspace itself included.
    Owner,
    /// Everything but what only an owner may do.
    Admin,
    /// Writes OKRs and initiatives, and keeps the community's people and places.
    Editor,
    /// Records check-ins and evidence.
    Contributor,
    /// Reads.
    Viewer,
    /// Sends events and answers, and reads nothing but who it is.
    Ingest,
}

/// Something a caller may do, and what a token can be narrowed to. Every operation asks for exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Permission")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Permission {
    /// See who the token is and what it may do.
    Introspect,
    /// Read the workspace, its teams, cycles, OKRs, check-ins, initiatives, scores, community, metrics and history.
    Read,
    /// Change the workspace itself.
    EditWorkspace,
    /// Teams.
    EditTeams,
    /// Cycles.
    EditCycles,
    /// Objectives, key results, milestone steps and grades.
    EditOkrs,
    /// Check-ins, their corrections, and which steps of a milestone are done.
    RecordProgress,
    /// Initiatives.
    EditInitiatives,
    /// The key results an initiative contributes to, and the evidence.
    LinkInitiatives,
    /// Import documents, which may create teams and cycles.
    Import,
    /// Platforms, channels, activity types, members, layers, surveys, custom metrics and targets.
    EditCommunity,
    /// Send events, answers to surveys and readings of custom metrics, which may make platforms, channels and members known.
    Ingest,
    /// Read what single people answered to surveys.
    ReadAnswers,
    /// Erase and anonymise members, read the receipts, and lift what keeps the same people out.
    EraseMembers,
    /// List, create, rotate and revoke tokens, and read their history.
    ManageTokens,
}
