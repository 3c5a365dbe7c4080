//! The states a check-in went through, on the wire.

use async_graphql::SimpleObject;
use serde::Serialize;
use utoipa::ToSchema;
use waymark_domain::check_in as domain;

use crate::resources::confidence::Confidence;
use crate::resources::provenance::Provenance;
use crate::resources::zone::Zone;
use crate::scalars::{DateTime, Decimal};

/// One state of a check-in: the first, or a correction. It has no id of its own, so that no client's cache takes it
/// for the check-in as it is now.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CheckInRevision {
    /// 1 for the first; the version that the check-in had.
    pub number: u32,
    /// In the unit of the key result; of a `MILESTONE` without steps 0 (not done) or 1 (done).
    pub value: Option<Decimal>,
    /// The zone that was reached, of an `ORDINAL` key result.
    pub zone: Option<Zone>,
    /// The size of the sample so far, of a `TEST`.
    pub sample_size: Option<u32>,
    /// How sure the owner was; null where nobody said.
    pub confidence: Option<Confidence>,
    /// What shows that the measurement is right.
    pub evidence: Option<String>,
    /// What may still go wrong.
    pub risks: Option<String>,
    /// What stands in the way now.
    pub blockers: Option<String>,
    /// What will be done next.
    pub next_actions: Option<String>,
    /// Why the revision before was corrected.
    pub correction: Option<String>,
    pub provenance: Provenance,
    /// Who recorded this state: the name of the token.
    pub author: String,
    pub recorded_at: DateTime,
}

impl From<domain::CheckIn> for CheckInRevision {
    fn from(check_in: domain::CheckIn) -> Self {
        let domain::Revision {
            number,
            reading,
            confidence,
            evidence,
            risks,
            blockers,
            next_actions,
            correction,
            provenance,
            author,
            recorded_at,
        } = check_in.revision;
        let (value, zone, sample_size) = reading.map(domain::Reading::parts).unwrap_or_default();
        Self {
            number,
            value: value.map(Decimal::from),
            zone: zone.map(Into::into),
            sample_size,
            confidence: confidence.map(Into::into),
            evidence,
            risks,
            blockers,
            next_actions,
            correction,
            provenance: provenance.into(),
            author,
            recorded_at: DateTime(recorded_at),
        }
    }
}
