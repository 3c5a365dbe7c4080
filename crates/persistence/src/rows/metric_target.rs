use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::metric_target::MetricTarget;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, decimal, integer, parsed, parsed_option, spelled, stamp};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "metric_targets")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) metric: String,
    pub(crate) statistic: String,
    pub(crate) granularity: Option<String>,
    pub(crate) comparator: String,
    pub(crate) value: String,
    pub(crate) guardrail: Option<String>,
    pub(crate) why: String,
    pub(crate) external_id: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::MetricTarget;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, target: &MetricTarget) -> Self {
        let MetricTarget { id, metric, statistic, granularity, comparator, value, guardrail, why, external_id, stamp } = target;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            metric: metric.clone(),
            statistic: spelled(*statistic),
            granularity: granularity.map(spelled),
            comparator: spelled(*comparator),
            value: value.to_string(),
            guardrail: guardrail.clone(),
            why: why.clone(),
            external_id: external_id.clone(),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        }
    }
}

impl TryFrom<Model> for MetricTarget {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        Ok(Self {
            id: Id::from_uuid(row.id),
            metric: row.metric,
            statistic: parsed("statistic", &row.statistic)?,
            granularity: parsed_option("granularity", row.granularity.as_deref())?,
            comparator: parsed("comparator", &row.comparator)?,
            value: decimal("value", &row.value)?,
            guardrail: row.guardrail,
            why: row.why,
            external_id: row.external_id,
            stamp: stamp(row.version, row.created_at, row.updated_at)?,
        })
    }
}
