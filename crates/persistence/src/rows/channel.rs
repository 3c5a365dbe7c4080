use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::channel::Channel;
use waymark_domain::id::Id;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, integer, stamp};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "channels")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) platform_id: Uuid,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) active: bool,
    pub(crate) external_id: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::Channel;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, channel: &Channel) -> Self {
        let Channel { id, platform, key, name, active, external_id, stamp } = channel;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            platform_id: platform.uuid(),
            key: key.clone(),
            name: name.clone(),
            active: *active,
            external_id: external_id.clone(),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        }
    }
}

impl TryFrom<Model> for Channel {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let Model { workspace_id: _, id, platform_id, key, name, active, external_id, version, created_at, updated_at } = row;
        Ok(Self {
            id: Id::from_uuid(id),
            platform: Id::from_uuid(platform_id),
            key,
            name,
            active,
            external_id,
            stamp: stamp(version, created_at, updated_at)?,
        })
    }
}
