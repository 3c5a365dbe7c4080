//! How initiatives stand to key results, on the wire.

use async_graphql::{Enum, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application::{HEALTHY_SHARE, LinkageCounts};
use waymark_domain::initiative as domain;

use crate::scalars::{DateTime, Decimal};

/// How an initiative stands to key results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::Linkage")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Linkage {
    /// Names at least one key result that exists.
    Linked,
    /// Names no key result that exists.
    Unlinked,
    /// Names at least one key result that does not exist. It may be linked by another one all the same.
    Dangling,
}

/// How many initiatives are linked to key results.
#[derive(Clone, Copy, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InitiativeLinkage {
    /// All initiatives, whatever their status: those that are linked and those that are not.
    pub total: u64,
    /// Name at least one key result that exists.
    pub linked: u64,
    /// Name no key result that exists.
    pub unlinked: u64,
    /// Name at least one key result that does not exist; each of them is also linked or unlinked.
    pub dangling: u64,
    /// `linked` of `total`, 0 to 1; null where there are no initiatives. Healthy is 0.8 and more.
    pub linked_share: Option<Decimal>,
    /// The `linkedShare` from which on the linkage is healthy: always 0.8.
    #[schema(example = 0.8)]
    pub healthy_share: Decimal,
}

/// Whose initiatives to count.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct LinkageFilter {
    /// Id or key of the team that does the work; all teams when absent.
    #[param(required = false, nullable = false, value_type = String)]
    pub(crate) team: Option<String>,
    /// As it was known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub(crate) as_of: Option<DateTime>,
}

impl From<LinkageCounts> for InitiativeLinkage {
    fn from(counts: LinkageCounts) -> Self {
        let LinkageCounts { total, linked, unlinked, dangling } = counts;
        let linked_share = counts.linked_share().map(Decimal);
        Self { total, linked, unlinked, dangling, linked_share, healthy_share: Decimal(HEALTHY_SHARE) }
    }
}
