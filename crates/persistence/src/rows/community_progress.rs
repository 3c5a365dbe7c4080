use sea_orm::entity::prelude::*;

/// How far a workspace's community has been told.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "community_progress")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    /// Counts up with every transaction that changes what metrics are made of.
    pub(crate) watermark: i64,
    /// The watermark at which it last changed who the members are.
    pub(crate) people: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
