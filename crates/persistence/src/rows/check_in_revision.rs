use sea_orm::entity::prelude::*;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::check_in::{CheckIn, Confidence, Reading, Revision};
use waymark_domain::id::Id;

use crate::error::Error;
use crate::rows::{decimal, integer, parsed, spelled, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "check_in_revisions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) check_in_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) revision: i32,
    pub(crate) is_current: bool,
    pub(crate) key_result_id: Uuid,
    pub(crate) day: Date,
    pub(crate) external_id: Option<String>,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) value: Option<String>,
    pub(crate) zone: Option<String>,
    pub(crate) sample_size: Option<i32>,
    pub(crate) confidence: Option<i16>,
    pub(crate) evidence: Option<String>,
    pub(crate) risks: Option<String>,
    pub(crate) blockers: Option<String>,
    pub(crate) next_actions: Option<String>,
    pub(crate) correction: Option<String>,
    pub(crate) provenance: String,
    pub(crate) author: String,
    pub(crate) recorded_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, check_in: &CheckIn) -> Self {
        let CheckIn { id, key_result, on, external_id, created_at, revision } = check_in;
        let (value, zone, sample_size) = revision.reading.map(Reading::parts).unwrap_or_default();
        Self {
            workspace_id: scope.workspace().uuid(),
            check_in_id: id.uuid(),
            revision: integer(revision.number),
            is_current: true,
            key_result_id: key_result.uuid(),
            day: *on,
            external_id: external_id.clone(),
            created_at: *created_at,
            value: value.map(|value| value.to_string()),
            zone: zone.map(spelled),
            sample_size: sample_size.map(integer),
            confidence: revision.confidence.map(confidence_column),
            evidence: revision.evidence.clone(),
            risks: revision.risks.clone(),
            blockers: revision.blockers.clone(),
            next_actions: revision.next_actions.clone(),
            correction: revision.correction.clone(),
            provenance: spelled(revision.provenance),
            author: revision.author.clone(),
            recorded_at: revision.recorded_at,
        }
    }
}

impl TryFrom<Model> for CheckIn {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let revision = Revision {
            number: whole("revision", row.revision)?,
            reading: reading(&row)?,
            confidence: row.confidence.map(confidence).transpose()?,
            evidence: row.evidence,
            risks: row.risks,
            blockers: row.blockers,
            next_actions: row.next_actions,
            correction: row.correction,
            provenance: parsed("provenance", &row.provenance)?,
            author: row.author,
            recorded_at: row.recorded_at,
        };
        Ok(Self {
            id: Id::from_uuid(row.check_in_id),
            key_result: Id::from_uuid(row.key_result_id),
            on: row.day,
            external_id: row.external_id,
            created_at: row.created_at,
            revision,
        })
    }
}

fn reading(row: &Model) -> Result<Option<Reading>, Error> {
    Ok(match (&row.value, &row.zone, row.sample_size) {
        (Some(value), None, None) => Some(Reading::Value(decimal("value", value)?)),
        (Some(value), None, Some(size)) => Some(Reading::Sample { value: decimal("value", value)?, size: whole("sample_size", size)? }),
        (None, Some(zone), None) => Some(Reading::Zone(parsed("zone", zone)?)),
        (None, None, None) => None,
        _ => return Err(Error::corrupt("check_in_revisions", row.check_in_id)),
    })
}

/// Confidence is stored as the number people say: 0, 1 or 2.
pub(crate) fn confidence_column(confidence: Confidence) -> i16 {
    match confidence {
        Confidence::OffTrack => 0,
        Confidence::AtRisk => 1,
        Confidence::OnTrack => 2,
    }
}

fn confidence(number: i16) -> Result<Confidence, Error> {
    match number {
        0 => Ok(Confidence::OffTrack),
        1 => Ok(Confidence::AtRisk),
        2 => Ok(Confidence::OnTrack),
        _ => Err(Error::corrupt("confidence", number)),
    }
}
