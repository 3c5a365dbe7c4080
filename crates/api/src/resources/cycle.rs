//! Cycles on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::CycleQuery;
use waymark_domain::cycle as domain;

use crate::resources::as_of::{AsOf, instant};
use crate::resources::patch::{Patch, clear, given, replace};
use crate::resources::resource;
use crate::rest::parameters::commas;
use crate::scalars::{Date, DateTime};

/// A period that OKRs are set for. Cycles may nest: a year holds quarters.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Cycle {
    #[schema(value_type = String, example = "cyc_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    /// Given once: the first part of the addresses of the cycle's OKRs, such as `2026-Q4.devrel.O1-KR2`.
    #[schema(example = "2026-Q4")]
    pub key: String,
    pub name: String,
    /// The first day.
    pub start: Date,
    /// The last day, which is a part of the cycle.
    pub end: Date,
    pub status: CycleStatus,
    /// The cycle around this one.
    #[schema(value_type = Option<String>)]
    pub parent_id: Option<ID>,
    /// The integrator's own id, unique among cycles.
    pub external_id: Option<String>,
    /// Counts up with every change; changes name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    pub updated_at: DateTime,
    /// What it was read as of.
    #[graphql(skip)]
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) as_of: AsOf,
}

/// How far a cycle is. It goes from one to the next, one step at a time, and never back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::CycleStatus")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CycleStatus {
    /// OKRs are being drafted.
    #[default]
    Planning,
    /// OKRs are worked on and checked in.
    Active,
    /// Key results are given their final grades.
    Grading,
    /// Its OKRs take no more changes.
    Closed,
}

/// What cycles are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::CycleSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CycleSort {
    CreatedAt,
    UpdatedAt,
    /// By the first day.
    Start,
}

/// A new cycle.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewCycle {
    /// Letters, digits, `-` and `_`, at most 63 of them. Never changes.
    #[schema(example = "2026-Q4")]
    pub key: String,
    /// The key when absent.
    pub name: Option<String>,
    /// The first day.
    #[schema(example = "2026-10-01")]
    pub start: Date,
    /// The last day, which is a part of the cycle: at most 3,660 days in all, none of them outside the parent.
    #[schema(example = "2026-12-31")]
    pub end: Date,
    /// `PLANNING` when absent.
    #[graphql(default)]
    #[serde(default)]
    pub status: CycleStatus,
    /// Id or key of the cycle around it.
    pub parent: Option<String>,
    /// The integrator's own id, unique among cycles.
    pub external_id: Option<String>,
}

/// Changes of a cycle; what is absent stays, null clears.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CyclePatch {
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub name: Option<String>,
    /// The first day.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub start: Option<Date>,
    /// The last day, which is a part of the cycle.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub end: Option<Date>,
    /// The same as before, or the next.
    #[schema(nullable = false)]
    #[serde(deserialize_with = "given")]
    pub status: Option<CycleStatus>,
    /// Id or key of the cycle around it.
    #[schema(value_type = Option<String>)]
    pub parent: MaybeUndefined<String>,
    /// The integrator's own id, unique among cycles.
    #[schema(value_type = Option<String>)]
    pub external_id: MaybeUndefined<String>,
}

/// Which cycles to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CycleFilter {
    /// Id or key of the cycle right around.
    #[param(required = false, nullable = false, value_type = String)]
    pub parent: Option<String>,
    /// One or more states, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<CycleStatus>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub status: Option<Vec<CycleStatus>>,
    /// A day that belongs to the cycle.
    #[param(required = false, nullable = false, value_type = Date)]
    pub on: Option<Date>,
    /// Changed at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<domain::Cycle> for Cycle {
    fn from(cycle: domain::Cycle) -> Self {
        let domain::Cycle { id, key, name, start, end, status, parent, external_id, stamp } = cycle;
        Self {
            id: id.to_string().into(),
            key,
            name,
            start: Date(start),
            end: Date(end),
            status: status.into(),
            parent_id: parent.map(|parent| parent.to_string().into()),
            external_id,
            version: stamp.version,
            created_at: DateTime(stamp.created_at),
            updated_at: DateTime(stamp.updated_at),
            as_of: None,
        }
    }
}

impl From<NewCycle> for domain::CycleDraft {
    fn from(new: NewCycle) -> Self {
        let NewCycle { key, name, start, end, status, parent, external_id } = new;
        Self { key, name, start: start.0, end: end.0, status: status.into(), parent, external_id }
    }
}

impl From<CycleFilter> for CycleQuery {
    fn from(filter: CycleFilter) -> Self {
        let CycleFilter { parent, status, on, updated_since, as_of } = filter;
        let statuses = status.into_iter().flatten().map(Into::into).collect();
        let (on, updated_since) = (on.map(|day| day.0), updated_since.map(|instant| instant.0));
        Self { parent, filter: domain::CycleFilter { parent: None, statuses, on, updated_since }, as_of: instant(as_of) }
    }
}

resource!(Cycle of domain::Cycle, at "/v1/cycles");

impl Patch<domain::CycleDraft> for CyclePatch {
    fn apply(self, draft: &mut domain::CycleDraft) {
        let Self { name, start, end, status, parent, external_id } = self;
        if let Some(name) = name {
            draft.name = Some(name);
        }
        replace(&mut draft.start, start.map(|day| day.0));
        replace(&mut draft.end, end.map(|day| day.0));
        replace(&mut draft.status, status.map(Into::into));
        clear(&mut draft.parent, parent);
        clear(&mut draft.external_id, external_id);
    }
}
