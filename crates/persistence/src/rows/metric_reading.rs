use sea_orm::entity::prelude::*;
use waymark_domain::Tz;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::metric::calendar::first_instant;
use waymark_domain::metric_reading::{Amount, MetricReading, Moment, Pushed};

use crate::error::Error;
use crate::revisions::Revised;
use crate::rows::{decimal, integer, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_readings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) revision: i32,
    pub(crate) is_current: bool,
    pub(crate) is_retracted: bool,
    pub(crate) metric_id: Uuid,
    pub(crate) source_id: String,
    /// Of a day as a whole its midnight in UTC.
    pub(crate) at: DateTimeUtc,
    pub(crate) is_day: bool,
    pub(crate) value: Option<String>,
    pub(crate) numerator: Option<i64>,
    pub(crate) denominator: Option<i64>,
    pub(crate) evidence: Option<String>,
    pub(crate) evidence_url: Option<String>,
    pub(crate) recorded_at: DateTimeUtc,
    pub(crate) author: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Revised for Entity {
    const WORKSPACE: Column = Column::WorkspaceId;
    const ID: Column = Column::Id;
    const REVISION: Column = Column::Revision;
    const RECORDED_AT: Column = Column::RecordedAt;
    const IS_CURRENT: Column = Column::IsCurrent;
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, reading: &MetricReading, is_current: bool) -> Self {
        let MetricReading { id, pushed, is_retracted, revision, recorded_at, author } = reading;
        let Pushed { metric, source_id, at, amount, evidence, evidence_url } = pushed;
        let (at, is_day) = match at {
            Moment::At(instant) => (*instant, false),
            Moment::Day(day) => (first_instant(*day, Tz::UTC), true),
        };
        let (value, share) = match amount {
            Amount::Value(value) => (Some(value.to_string()), None),
            Amount::Share { numerator, denominator } => (None, Some((*numerator, *denominator))),
        };
        let (numerator, denominator) = share.unzip();
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            revision: integer(*revision),
            is_current,
            is_retracted: *is_retracted,
            metric_id: metric.uuid(),
            source_id: source_id.clone(),
            at,
            is_day,
            value,
            numerator,
            denominator,
            evidence: evidence.clone(),
            evidence_url: evidence_url.clone(),
            recorded_at: *recorded_at,
            author: author.clone(),
        }
    }
}

impl TryFrom<Model> for MetricReading {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let amount = match (row.value, row.numerator, row.denominator) {
            (Some(value), None, None) => Amount::Value(decimal("value", &value)?),
            (None, Some(numerator), Some(denominator)) => Amount::Share { numerator, denominator },
            _ => return Err(Error::corrupt("metric_readings", row.id)),
        };
        let pushed = Pushed {
            metric: Id::from_uuid(row.metric_id),
            source_id: row.source_id,
            at: if row.is_day { Moment::Day(row.at.date_naive()) } else { Moment::At(row.at) },
            amount,
            evidence: row.evidence,
            evidence_url: row.evidence_url,
        };
        Ok(Self {
            id: Id::from_uuid(row.id),
            pushed,
            is_retracted: row.is_retracted,
            revision: whole("revision", row.revision)?,
            recorded_at: row.recorded_at,
            author: row.author,
        })
    }
}
