use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::id::Id;
use waymark_domain::workspace::Workspace;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, integer, parsed, stamp};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "workspaces")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) time_zone: String,
    pub(crate) week_start: String,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The workspace's own id stands where other rows have their workspace's.
impl Versioned for Model {
    const CONCEPT: Concept = Concept::Workspace;
    const KEY: [Column; 3] = [Column::Id, Column::Id, Column::Version];

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }
}

impl Model {
    pub(crate) fn of(workspace: &Workspace) -> Self {
        let Workspace { id, name, time_zone, week_start, stamp } = workspace;
        Self {
            id: id.uuid(),
            name: name.clone(),
            time_zone: time_zone.name().to_owned(),
            week_start: week_start.to_string(),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        }
    }
}

impl TryFrom<Model> for Workspace {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let Model { id, name, time_zone, week_start, version, created_at, updated_at } = row;
        Ok(Self {
            id: Id::from_uuid(id),
            name,
            time_zone: parsed("time_zone", &time_zone)?,
            week_start: parsed("week_start", &week_start)?,
            stamp: stamp(version, created_at, updated_at)?,
        })
    }
}
