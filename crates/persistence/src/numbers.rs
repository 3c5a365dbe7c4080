//! The numbers of objectives and key results: each is given once, and never again.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{CaseStatement, OnConflict, Query};
use sea_orm::{ConnectionTrait, ExprTrait, QueryOrder, QuerySelect};
use uuid::Uuid;
use waymark_domain::cycle::Cycle;
use waymark_domain::id::Id;
use waymark_domain::objective::Objective;
use waymark_domain::team::Team;

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::rows::{integer, objective, objective_number, whole};
use crate::store::Transaction;

impl Transaction {
    /// The next number in each team and cycle, or a later one that is wished for. Two callers at once wait for each other;
    /// a number is never given twice.
    pub async fn next_objective_numbers(&self, places: &[(Id<Cycle>, Id<Team>, Option<u32>)]) -> Result<Vec<u32>, Error> {
        let mut last: BTreeMap<(Uuid, Uuid), u32> = places.iter().map(|(cycle, team, _)| ((cycle.uuid(), team.uuid()), 0)).collect();
        // Nothing is changed but to hold the rows until the end of the transaction.
        self.write_objective_numbers(&mut last, |column| Expr::col((objective_number::Entity, column))).await?;
        let numbers = places.iter().map(|(cycle, team, wished)| given(last.get_mut(&(cycle.uuid(), team.uuid())), *wished)).collect();
        self.write_objective_numbers(&mut last, |column| Expr::col(("excluded", column))).await?;
        Ok(numbers)
    }

    /// Writes the counters that are not there yet, and gives those that are there this value. Leaves what stands there now.
    async fn write_objective_numbers(
        &self,
        last: &mut BTreeMap<(Uuid, Uuid), u32>,
        value: impl Fn(objective_number::Column) -> Expr,
    ) -> Result<(), Error> {
        use objective_number::{Column, Entity};
        let rows: Vec<_> = last.iter().map(|(place, number)| (*place, *number)).collect();
        for some in rows.chunks(AT_ONCE) {
            let mut insert = Query::insert();
            insert.into_table(Entity).columns([Column::WorkspaceId, Column::CycleId, Column::TeamId, Column::LastNumber]);
            for ((cycle, team), number) in some {
                let workspace = self.scope().workspace().uuid();
                insert.values_panic([workspace.into(), (*cycle).into(), (*team).into(), integer(*number).into()]);
            }
            let key = OnConflict::columns([Column::WorkspaceId, Column::CycleId, Column::TeamId]);
            insert.on_conflict(key.clone().value(Column::LastNumber, value(Column::LastNumber)).to_owned());
            insert.returning(Query::returning().columns([Column::CycleId, Column::TeamId, Column::LastNumber]));
            for row in self.db().query_all(&insert).await? {
                let place = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
                last.insert(place, whole("last_number", row.try_get_by_index(2)?)?);
            }
        }
        Ok(())
    }

    /// The next number of a key result within each objective, or a later one that is wished for.
    pub async fn next_key_result_numbers(&self, objectives: &[(Id<Objective>, Option<u32>)]) -> Result<Vec<u32>, Error> {
        use objective::{Column, Entity};
        let mut last: BTreeMap<Uuid, u32> = objectives.iter().map(|(objective, _)| (objective.uuid(), 0)).collect();
        let ids: Vec<Uuid> = last.keys().copied().collect();
        let within = |some: &[Uuid]| Column::Id.is_in(some.iter().copied()).and(Column::WorkspaceId.eq(self.scope().workspace().uuid()));
        for some in ids.chunks(AT_ONCE) {
            let rows: Vec<(Uuid, i32)> = Entity::find()
                .select_only()
                .columns([Column::Id, Column::LastKeyResult])
                .filter(within(some))
                .order_by_asc(Column::Id)
                .lock_exclusive()
                .into_tuple()
                .all(&self.db())
                .await?;
            for (objective, number) in rows {
                last.insert(objective, whole("last_key_result", number)?);
            }
        }
        let numbers = objectives.iter().map(|(objective, wished)| given(last.get_mut(&objective.uuid()), *wished)).collect();
        for some in ids.chunks(AT_ONCE) {
            let number = |case: CaseStatement, id: &Uuid| case.case(Column::Id.eq(*id), integer(last.get(id).copied().unwrap_or_default()));
            let counted = some.iter().fold(CaseStatement::new(), number);
            Entity::update_many().col_expr(Column::LastKeyResult, counted.into()).filter(within(some)).exec(&self.db()).await?;
        }
        Ok(numbers)
    }
}

/// The number after the last one, or the one that is wished for where that lies beyond; it is the last one now.
fn given(last: Option<&mut u32>, wished: Option<u32>) -> u32 {
    let Some(last) = last else { return 1 };
    *last = Ord::max(last.saturating_add(1), wished.unwrap_or_default());
    *last
}

#[cfg(test)]
mod tests {
    use super::given;

    #[test]
    fn a_number_that_is_wished_for_is_given_only_where_it_lies_beyond_the_last() {
        let mut last = 3;

        assert_eq!([given(Some(&mut last), None), given(Some(&mut last), Some(9)), given(Some(&mut last), Some(2))], [4, 9, 10]);
    }
}
