//! The members behind answers, by their numbers.

use std::collections::HashMap;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::member::Member;

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::rows::member::{Column, Entity};
use crate::rows::whole;
use crate::store::Store;

impl Store {
    pub async fn member_numbers(&self, scope: WorkspaceScope, ids: &[Id<Member>]) -> Result<HashMap<Id<Member>, u32>, Error> {
        let mut numbers = HashMap::new();
        for some in ids.chunks(AT_ONCE) {
            let is_one = Column::Id.is_in(some.iter().map(|id| id.uuid()));
            numbers.extend(self.numbered(scope, is_one).await?);
        }
        Ok(numbers)
    }

    async fn numbered(&self, scope: WorkspaceScope, condition: Expr) -> Result<Vec<(Id<Member>, u32)>, Error> {
        let members = Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid())).filter(condition);
        let rows: Vec<(Uuid, i32)> = members.select_only().columns([Column::Id, Column::Number]).into_tuple().all(&self.db()).await?;
        rows.into_iter().map(|(id, number)| Ok((Id::from_uuid(id), whole("number", number)?))).collect()
    }
}
