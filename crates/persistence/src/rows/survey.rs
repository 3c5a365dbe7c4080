use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::survey::Survey;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, integer, parsed, spelled, stamp};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "surveys")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) status: String,
    pub(crate) external_id: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::Survey;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, survey: &Survey) -> Self {
        let Survey { id, key, title, status, external_id, stamp } = survey;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            key: key.clone(),
            title: title.clone(),
            status: spelled(*status),
            external_id: external_id.clone(),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        }
    }
}

impl TryFrom<Model> for Survey {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let Model { workspace_id: _, id, key, title, status, external_id, version, created_at, updated_at } = row;
        Ok(Self {
            id: Id::from_uuid(id),
            key,
            title,
            status: parsed("status", &status)?,
            external_id,
            stamp: stamp(version, created_at, updated_at)?,
        })
    }
}
