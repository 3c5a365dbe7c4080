//! Contributions, the links between initiatives and key results, on the wire.

use async_graphql::{ID, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use waymark_application::{Evidenced, GaugeDraft};
use waymark_domain::initiative as domain;

use crate::resources::as_of::AsOf;
use crate::resources::evidence::{EvidenceMetric, NewEvidenceMetric};

/// That an initiative contributes to a key result. The link dangles while the key result named does not exist: it is
/// kept by that name, and made whole when a key result gets that address.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct Contribution {
    #[schema(value_type = String, example = "ini_01h455vb4pex5vsknk084sn02q")]
    pub initiative_id: ID,
    /// The key result by id or address, as it was given.
    #[schema(example = "2026-Q4.devrel.O1-KR2")]
    pub named: String,
    /// Null where the link dangles.
    #[schema(value_type = Option<String>)]
    pub key_result_id: Option<ID>,
    /// What the initiative is expected to add to the key result.
    pub expected_contribution: Option<String>,
    /// What shows that it does.
    pub evidence: Option<String>,
    /// The metric that shows whether it does, with what it tells.
    pub evidence_metric: Option<EvidenceMetric>,
    /// What it was read as of.
    #[graphql(skip)]
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) as_of: AsOf,
}

/// What is said of a link; what is absent is cleared.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NewContribution {
    /// What the initiative is expected to add to the key result; at most 20,000 characters.
    #[schema(example = "Half of the new contributors of the quarter")]
    pub expected_contribution: Option<String>,
    /// What shows that it does; at most 20,000 characters.
    pub evidence: Option<String>,
    /// The metric that shows whether it does.
    pub evidence_metric: Option<NewEvidenceMetric>,
}

impl NewContribution {
    /// The link to the key result of this id or address.
    pub(crate) fn to(self, key_result: String) -> (domain::ContributionDraft, Option<GaugeDraft>) {
        let Self { expected_contribution, evidence, evidence_metric } = self;
        let draft = domain::ContributionDraft { key_result, expected: expected_contribution, evidence };
        (draft, evidence_metric.map(Into::into))
    }
}

impl From<Evidenced> for Contribution {
    fn from(evidenced: Evidenced) -> Self {
        let Evidenced { contribution, evidence: told } = evidenced;
        let domain::Contribution { initiative, named, key_result, expected, evidence, metric } = contribution;
        Self {
            initiative_id: initiative.to_string().into(),
            named,
            key_result_id: key_result.map(|id| id.to_string().into()),
            expected_contribution: expected,
            evidence,
            evidence_metric: metric.map(|metric| EvidenceMetric::of(metric, told)),
            as_of: None,
        }
    }
}
