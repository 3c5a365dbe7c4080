use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::wave::Wave;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, integer, stamp, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "waves")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) survey_id: Uuid,
    pub(crate) key: String,
    pub(crate) start_on: Date,
    pub(crate) end_on: Date,
    pub(crate) population: Option<i32>,
    pub(crate) external_id: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::Wave;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, wave: &Wave) -> Self {
        let Wave { id, survey, key, start, end, population, external_id, stamp } = wave;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            survey_id: survey.uuid(),
            key: key.clone(),
            start_on: *start,
            end_on: *end,
            population: population.map(integer),
            external_id: external_id.clone(),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        }
    }
}

impl TryFrom<Model> for Wave {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let Model { workspace_id: _, id, survey_id, key, start_on, end_on, population, external_id, version, created_at, updated_at } = row;
        Ok(Self {
            id: Id::from_uuid(id),
            survey: Id::from_uuid(survey_id),
            key,
            start: start_on,
            end: end_on,
            population: population.map(|people| whole("population", people)).transpose()?,
            external_id,
            stamp: stamp(version, created_at, updated_at)?,
        })
    }
}
