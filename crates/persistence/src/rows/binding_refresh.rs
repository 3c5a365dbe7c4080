use sea_orm::entity::prelude::*;

/// How far the bindings of a workspace have been read.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "binding_refreshes")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    /// Everything that was acknowledged with it has been read.
    pub(crate) watermark: i64,
    pub(crate) refreshed_at: DateTimeUtc,
    /// Until then somebody is reading, or has failed to.
    pub(crate) leased_until: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
