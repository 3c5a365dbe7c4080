//! Check-ins on the wire.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, SimpleObject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use waymark_application as application;
use waymark_application::CheckInQuery;
use waymark_domain::check_in as domain;

use crate::resources::as_of::{AsOf, instant};
use crate::resources::confidence::Confidence;
use crate::resources::patch::{Patch, clear};
use crate::resources::provenance::Provenance;
use crate::resources::resource;
use crate::resources::zone::Zone;
use crate::rest::parameters::commas;
use crate::scalars::{Date, DateTime, Decimal};

/// A dated measurement of a key result, as it stands after its last correction. Check-ins are never deleted: a
/// correction adds a revision, and the earlier ones stay readable.
#[derive(Clone, Debug, SimpleObject, Serialize, ToSchema)]
#[graphql(complex)]
#[serde(rename_all = "camelCase")]
pub struct CheckIn {
    #[schema(value_type = String, example = "ci_01h455vb4pex5vsknk084sn02q")]
    pub id: ID,
    #[schema(value_type = String, example = "kr_01h455vb4pex5vsknk084sn02q")]
    pub key_result_id: ID,
    /// The day that was measured.
    pub on: Date,
    /// What was measured, in the unit of the key result; of a `MILESTONE` without steps 0 (not done) or 1 (done).
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
    /// The integrator's own id, unique among check-ins.
    pub external_id: Option<String>,
    /// The number of the revision, 1 for the first; corrections name the version they were made from.
    pub version: u32,
    pub created_at: DateTime,
    /// When the current revision was recorded.
    pub updated_at: DateTime,
    /// What it was read as of.
    #[graphql(skip)]
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) as_of: AsOf,
}

/// What check-ins are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize, ToSchema)]
#[graphql(remote = "domain::CheckInSort")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CheckInSort {
    Day,
    UpdatedAt,
}

/// A new check-in: a value, a zone, a confidence or at least a note. A key result of the kind `ORDINAL` takes a zone,
/// a `TEST` a value with a sample size, a `MILESTONE` with steps neither, every other kind a value.
#[derive(Clone, Debug, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewCheckIn {
    /// Id or address of the key result. It stays.
    #[schema(example = "2026-Q4.devrel.O1-KR2")]
    pub key_result: String,
    /// The day that was measured, not after today; today in the workspace's time zone when absent. It stays.
    pub on: Option<Date>,
    /// In the unit of the key result; of a `MILESTONE` without steps 0 (not done) or 1 (done).
    pub value: Option<Decimal>,
    /// The zone that was reached, of an `ORDINAL` key result.
    pub zone: Option<Zone>,
    /// The size of the sample so far, of a `TEST`.
    pub sample_size: Option<i64>,
    /// Has no default: what nobody said is not known.
    pub confidence: Option<Confidence>,
    /// What shows that the measurement is right; at most 20,000 characters.
    pub evidence: Option<String>,
    /// What may still go wrong; at most 20,000 characters.
    pub risks: Option<String>,
    /// What stands in the way now; at most 20,000 characters.
    pub blockers: Option<String>,
    /// What will be done next; at most 20,000 characters.
    pub next_actions: Option<String>,
    /// The integrator's own id, unique among check-ins.
    pub external_id: Option<String>,
}

/// A correction of a check-in; what is absent stays, null clears. The key result and the day stay.
#[derive(Clone, Debug, Default, InputObject, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CheckInPatch {
    /// In the unit of the key result; of a `MILESTONE` without steps 0 (not done) or 1 (done).
    #[schema(value_type = Option<Decimal>)]
    pub value: MaybeUndefined<Decimal>,
    /// The zone that was reached, of an `ORDINAL` key result.
    #[schema(value_type = Option<Zone>)]
    pub zone: MaybeUndefined<Zone>,
    /// The size of the sample so far, of a `TEST`.
    #[schema(value_type = Option<i64>)]
    pub sample_size: MaybeUndefined<i64>,
    #[schema(value_type = Option<Confidence>)]
    pub confidence: MaybeUndefined<Confidence>,
    /// At most 20,000 characters, as all texts here.
    #[schema(value_type = Option<String>)]
    pub evidence: MaybeUndefined<String>,
    /// What may still go wrong.
    #[schema(value_type = Option<String>)]
    pub risks: MaybeUndefined<String>,
    /// What stands in the way now.
    #[schema(value_type = Option<String>)]
    pub blockers: MaybeUndefined<String>,
    /// What will be done next.
    #[schema(value_type = Option<String>)]
    pub next_actions: MaybeUndefined<String>,
    /// Why it is corrected. Belongs to the new revision alone: that of the revision before is not kept.
    #[schema(value_type = Option<String>)]
    pub correction: MaybeUndefined<String>,
}

/// Which check-ins to list: all conditions together.
#[derive(Clone, Debug, Default, InputObject, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CheckInFilter {
    /// Id or address of the key result.
    #[param(required = false, nullable = false, value_type = String)]
    pub key_result: Option<String>,
    /// Id or key of the cycle that the key result belongs to.
    #[param(required = false, nullable = false, value_type = String)]
    pub cycle: Option<String>,
    /// Id or key of the team that the key result belongs to.
    #[param(required = false, nullable = false, value_type = String)]
    pub team: Option<String>,
    /// One or more confidences, separated by commas.
    #[param(required = false, nullable = false, value_type = Vec<Confidence>, style = Form, explode = false)]
    #[serde(deserialize_with = "commas")]
    pub confidence: Option<Vec<Confidence>>,
    /// Measured on this day or later.
    #[param(required = false, nullable = false, value_type = Date)]
    pub since: Option<Date>,
    /// Measured on this day or earlier.
    #[param(required = false, nullable = false, value_type = Date)]
    pub until: Option<Date>,
    /// Recorded or corrected at this instant or later.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub updated_since: Option<DateTime>,
    /// As they were known at this instant; now when absent.
    #[param(required = false, nullable = false, value_type = DateTime)]
    pub as_of: Option<DateTime>,
}

impl From<domain::CheckIn> for CheckIn {
    fn from(check_in: domain::CheckIn) -> Self {
        let domain::CheckIn { id, key_result, on, external_id, created_at, revision } = check_in;
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
        } = revision;
        let (value, zone, sample_size) = reading.map(domain::Reading::parts).unwrap_or_default();
        Self {
            id: id.to_string().into(),
            key_result_id: key_result.to_string().into(),
            on: Date(on),
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
            external_id,
            version: number,
            created_at: DateTime(created_at),
            updated_at: DateTime(recorded_at),
            as_of: None,
        }
    }
}

impl From<NewCheckIn> for application::NewCheckIn {
    fn from(new: NewCheckIn) -> Self {
        let NewCheckIn { key_result, on, value, zone, sample_size, confidence, evidence, risks, blockers, next_actions, external_id } = new;
        let draft = domain::CheckInDraft {
            value: value.map(Decimal::entered),
            zone: zone.map(Into::into),
            sample_size,
            confidence: confidence.map(Into::into),
            evidence,
            risks,
            blockers,
            next_actions,
            correction: None,
        };
        Self { key_result, on: on.map(|day| day.0), external_id, draft }
    }
}

impl From<CheckInFilter> for CheckInQuery {
    fn from(filter: CheckInFilter) -> Self {
        let CheckInFilter { key_result, cycle, team, confidence, since, until, updated_since, as_of } = filter;
        let filter = domain::CheckInFilter {
            confidences: confidence.into_iter().flatten().map(Into::into).collect(),
            since: since.map(|day| day.0),
            until: until.map(|day| day.0),
            updated_since: updated_since.map(|instant| instant.0),
            ..domain::CheckInFilter::default()
        };
        Self { key_result, cycle, team, filter, as_of: instant(as_of) }
    }
}

resource!(CheckIn of domain::CheckIn, at "/v1/check-ins");

impl Patch<domain::CheckInDraft> for CheckInPatch {
    fn apply(self, draft: &mut domain::CheckInDraft) {
        let Self { value, zone, sample_size, confidence, evidence, risks, blockers, next_actions, correction } = self;
        clear(&mut draft.value, value.map_value(Decimal::entered));
        clear(&mut draft.zone, zone.map_value(Into::into));
        clear(&mut draft.sample_size, sample_size);
        clear(&mut draft.confidence, confidence.map_value(Into::into));
        clear(&mut draft.evidence, evidence);
        clear(&mut draft.risks, risks);
        clear(&mut draft.blockers, blockers);
        clear(&mut draft.next_actions, next_actions);
        clear(&mut draft.correction, correction);
    }
}
