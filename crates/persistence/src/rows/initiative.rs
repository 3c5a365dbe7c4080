use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::initiative::Initiative;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, integer, parsed, spelled, stamp};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "initiatives")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) title: String,
    pub(crate) team_id: Uuid,
    pub(crate) owner_id: Option<Uuid>,
    pub(crate) status: String,
    pub(crate) start_on: Option<Date>,
    pub(crate) end_on: Option<Date>,
    pub(crate) category: String,
    pub(crate) external_id: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::Initiative;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, initiative: &Initiative) -> Self {
        let Initiative { id, title, team, owner, status, start, end, category, external_id, stamp } = initiative;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            title: title.clone(),
            team_id: team.uuid(),
            owner_id: owner.map(Id::uuid),
            status: spelled(*status),
            start_on: *start,
            end_on: *end,
            category: spelled(*category),
            external_id: external_id.clone(),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        }
    }
}

impl TryFrom<Model> for Initiative {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        Ok(Self {
            id: Id::from_uuid(row.id),
            title: row.title,
            team: Id::from_uuid(row.team_id),
            owner: row.owner_id.map(Id::from_uuid),
            status: parsed("status", &row.status)?,
            start: row.start_on,
            end: row.end_on,
            category: parsed("category", &row.category)?,
            external_id: row.external_id,
            stamp: stamp(row.version, row.created_at, row.updated_at)?,
        })
    }
}
