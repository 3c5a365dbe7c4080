use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "history")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) concept: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) entity_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) version: i32,
    pub(crate) about_id: Option<Uuid>,
    pub(crate) action: String,
    pub(crate) recorded_at: DateTimeUtc,
    pub(crate) token_id: Option<Uuid>,
    pub(crate) author: String,
    pub(crate) request_id: Option<String>,
    pub(crate) state: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
