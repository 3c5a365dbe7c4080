use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::layer_assignment::LayerAssignment;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, integer, parsed, spelled, stamp};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "layer_assignments")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) layer_id: Uuid,
    pub(crate) from_on: Date,
    pub(crate) until_on: Option<Date>,
    pub(crate) assigned_by: String,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::LayerAssignment;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];
    const ABOUT: Option<Column> = Some(Column::MemberId);

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }

    fn about(&self) -> Option<Uuid> {
        Some(self.member_id)
    }
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, assignment: &LayerAssignment) -> Self {
        let LayerAssignment { id, member, layer, from, until, by, stamp } = assignment;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            member_id: member.uuid(),
            layer_id: layer.uuid(),
            from_on: *from,
            until_on: *until,
            assigned_by: spelled(*by),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        }
    }
}

impl TryFrom<Model> for LayerAssignment {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let Model { workspace_id: _, id, member_id, layer_id, from_on, until_on, assigned_by, version, created_at, updated_at } = row;
        Ok(Self {
            id: Id::from_uuid(id),
            member: Id::from_uuid(member_id),
            layer: Id::from_uuid(layer_id),
            from: from_on,
            until: until_on,
            by: parsed("assigned_by", &assigned_by)?,
            stamp: stamp(version, created_at, updated_at)?,
        })
    }
}
