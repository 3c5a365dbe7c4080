//! Readings in the database: one row a revision.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, Query, SelectStatement};
use sea_orm::{Condition, ExprTrait, IntoActiveModel, QueryOrder, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::binding::Binding;
use waymark_domain::binding::reading::Reading;

use crate::bulk::CONDITIONS;
use crate::error::Error;
use crate::rows::integer;
use crate::rows::reading::{Column, Entity, Model};
use crate::store::{Store, Transaction};

impl Store {
    /// What these bindings, each as it is here, last told of each window, by binding and in the order of the windows' ends.
    pub async fn readings_of(&self, scope: WorkspaceScope, bindings: &[&Binding]) -> Result<Vec<Reading>, Error> {
        let is_of =
            |binding: &&Binding| Column::BindingId.eq(binding.id.uuid()).and(Column::BindingVersion.eq(integer(binding.stamp.version)));
        let mut readings = Vec::new();
        for some in bindings.chunks(CONDITIONS) {
            let rows = Entity::find()
                .filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
                .filter(some.iter().map(is_of).fold(Condition::any(), Condition::add))
                .filter(Expr::exists(self.later_reading()).not())
                .apply_if(self.instant(), |select, instant| select.filter(Column::TakenAt.lte(instant)))
                .order_by_asc(Column::BindingId)
                .order_by_asc(Column::EndOn)
                .order_by_asc(Column::StartOn)
                .all(&self.db())
                .await?;
            for row in rows {
                readings.push(Reading::try_from(row)?);
            }
        }
        Ok(readings)
    }

    /// A later revision of the same window, by the instant that is looked back to.
    fn later_reading(&self) -> SelectStatement {
        let later = Alias::new("later");
        let same = |column: Column| Expr::col((later.clone(), column)).eq(Expr::col((Entity, column)));
        let instant = self.instant();
        Query::select()
            .expr(Expr::val(1))
            .from_as(Entity, later.clone())
            .and_where(same(Column::WorkspaceId))
            .and_where(same(Column::BindingId))
            .and_where(same(Column::BindingVersion))
            .and_where(same(Column::StartOn))
            .and_where(same(Column::EndOn))
            .and_where(Expr::col((later.clone(), Column::Revision)).gt(Expr::col((Entity, Column::Revision))))
            .and_where_option(instant.map(|instant| Expr::col((later.clone(), Column::TakenAt)).lte(instant)))
            .to_owned()
    }
}

impl Transaction {
    pub async fn insert_readings(&self, readings: &[Reading]) -> Result<(), Error> {
        let rows = readings.iter().map(|reading| Model::of(self.scope(), reading).into_active_model()).collect();
        self.insert_rows::<Entity>(rows).await
    }
}
