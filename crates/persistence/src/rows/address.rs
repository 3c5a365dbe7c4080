use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "addresses")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) cycle_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) team_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) objective_number: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key_result_number: i32,
    pub(crate) objective_id: Uuid,
    pub(crate) key_result_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The key result's number in the address of the objective itself.
pub(crate) const OBJECTIVE_ITSELF: i32 = 0;
