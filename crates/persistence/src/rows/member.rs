use sea_orm::entity::prelude::*;
use serde::Serialize;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::member::Member;

use crate::error::Error;
use crate::history::Concept;
use crate::rows::{Versioned, integer, parsed, spelled, stamp, whole};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "members")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) number: i32,
    pub(crate) kind: String,
    pub(crate) name: Option<String>,
    pub(crate) merged_into_id: Option<Uuid>,
    pub(crate) external_id: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Versioned for Model {
    const CONCEPT: Concept = Concept::Member;
    const KEY: [Column; 3] = [Column::WorkspaceId, Column::Id, Column::Version];

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i32 {
        self.version
    }
}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, member: &Member) -> Self {
        let Member { id, number, kind, name, merged_into, external_id, stamp } = member;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            number: integer(*number),
            kind: spelled(*kind),
            name: name.clone(),
            merged_into_id: merged_into.map(Id::uuid),
            external_id: external_id.clone(),
            version: integer(stamp.version),
            created_at: stamp.created_at,
            updated_at: stamp.updated_at,
        }
    }
}

impl TryFrom<Model> for Member {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let Model { workspace_id: _, id, number, kind, name, merged_into_id, external_id, version, created_at, updated_at } = row;
        Ok(Self {
            id: Id::from_uuid(id),
            number: whole("number", number)?,
            kind: parsed("kind", &kind)?,
            name,
            merged_into: merged_into_id.map(Id::from_uuid),
            external_id,
            stamp: stamp(version, created_at, updated_at)?,
        })
    }
}
