use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::milestone_step::MilestoneStep;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, decimal, integer, stamp, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "milestone_steps")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) key_result_id: Uuid,
    pub(crate) title: String,
    pub(crate) weight: String,
    pub(crate) due_on: Option<Date>,
    pub(crate) done_on: Option<Date>,
    pub(crate) position: i32,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::MilestoneStep;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];
    const ABOUT: Option<Column> = Some(Column::KeyResultId);

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }

    fn about(&self) -> Option<Uuid> {
        Some(self.key_result_id)
    }
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, step: &MilestoneStep) -> Self {
        let MilestoneStep { id, key_result, title, weight, due, done_on, position, stamp } = step;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            key_result_id: key_result.uuid(),
            title: title.clone(),
            weight: weight.to_string(),
            due_on: *due,
            done_on: *done_on,
            position: integer(*position),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        }
    }
}

impl TryFrom<Model> for MilestoneStep {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        Ok(Self {
            id: Id::from_uuid(row.id),
            key_result: Id::from_uuid(row.key_result_id),
            title: row.title,
            weight: decimal("weight", &row.weight)?,
            due: row.due_on,
            done_on: row.done_on,
            position: whole("position", row.position)?,
            stamp: stamp(row.version, row.created_at, row.updated_at)?,
        })
    }
}
