use sea_orm::entity::prelude::*;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::identity::{self, Identity};

use crate::error::Error;
use crate::rows::{parsed, spelled};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "identities")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) platform_id: Uuid,
    pub(crate) kind: String,
    pub(crate) value: String,
    pub(crate) folded: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub(crate) fn of(scope: WorkspaceScope, identity: &Identity) -> Self {
        let Identity { id, member, platform, kind, value } = identity;
        Self {
            workspace_id: scope.workspace().uuid(),
            id: id.uuid(),
            member_id: member.uuid(),
            platform_id: platform.uuid(),
            kind: spelled(*kind),
            folded: identity::folded(value),
            value: value.clone(),
        }
    }
}

impl TryFrom<Model> for Identity {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let Model { workspace_id: _, id, member_id, platform_id, kind, value, folded: _ } = row;
        Ok(Self {
            id: Id::from_uuid(id),
            member: Id::from_uuid(member_id),
            platform: Id::from_uuid(platform_id),
            kind: parsed("kind", &kind)?,
            value,
        })
    }
}
