use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::initiative::Contribution;

use crate::error::Error;
use crate::rows::binding::{kept_gauge, read_gauge};
use crate::rows::integer;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "contributions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) initiative_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) position: i32,
    pub(crate) named: String,
    pub(crate) key_result_id: Option<Uuid>,
    pub(crate) expected: Option<String>,
    pub(crate) evidence: Option<String>,
    /// A JSON object: the metric that is evidence.
    pub(crate) metric: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, contribution: &Contribution, position: u32) -> Result<Self, Error> {
        let Contribution { initiative, named, key_result, expected, evidence, metric } = contribution;
        Ok(Self {
            workspace_id: scope.workspace().uuid(),
            initiative_id: initiative.uuid(),
            position: integer(position),
            named: named.clone(),
            key_result_id: key_result.map(Id::uuid),
            expected: expected.clone(),
            evidence: evidence.clone(),
            metric: metric.as_ref().map(kept_gauge).transpose()?,
        })
    }
}

impl TryFrom<Model> for Contribution {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        Ok(Self {
            initiative: Id::from_uuid(row.initiative_id),
            named: row.named,
            key_result: row.key_result_id.map(Id::from_uuid),
            expected: row.expected,
            evidence: row.evidence,
            metric: row.metric.as_deref().map(read_gauge).transpose()?,
        })
    }
}
