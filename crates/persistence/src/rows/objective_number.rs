use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "objective_numbers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) cycle_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) team_id: Uuid,
    pub(crate) last_number: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
