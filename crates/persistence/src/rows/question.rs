use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::question::Question;
use waymark_domain::survey::scale::Scale;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, integer, parsed, spelled, stamp};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "questions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) survey_id: Uuid,
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) kind: String,
    pub(crate) lowest: i16,
    pub(crate) highest: i16,
    pub(crate) external_id: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::Question;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, question: &Question) -> Self {
        let Question { id, survey, key, text, kind, scale, external_id, stamp } = question;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            survey_id: survey.uuid(),
            key: key.clone(),
            text: text.clone(),
            kind: spelled(*kind),
            lowest: scale.lowest().into(),
            highest: scale.highest().into(),
            external_id: external_id.clone(),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        }
    }
}

impl TryFrom<Model> for Question {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let Model { workspace_id: _, id, survey_id, key, text, kind, lowest, highest, external_id, version, created_at, updated_at } = row;
        Ok(Self {
            id: Id::from_uuid(id),
            survey: Id::from_uuid(survey_id),
            key,
            text,
            kind: parsed("kind", &kind)?,
            scale: Scale::new(lowest.into(), highest.into()).map_err(|error| Error::corrupt("scale", error))?,
            external_id,
            stamp: stamp(version, created_at, updated_at)?,
        })
    }
}
