//! The receipts of erasures in the database, and the hashes by which erased people are known again.

use std::collections::HashSet;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::erasure::{Erasure, ErasureFilter, ErasureSort};
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::erasure::{Column, Entity, Model};
use crate::rows::{erased_name, secret, spelled};
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn erasures_by_id(&self, scope: WorkspaceScope, ids: &[Id<Erasure>]) -> Result<Vec<Erasure>, Error> {
        let select = within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())));
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(Erasure::try_from).collect()
    }

    pub async fn erasures(
        &self,
        scope: WorkspaceScope,
        filter: &ErasureFilter,
        sort: Sort<ErasureSort>,
        page: &Page,
    ) -> Result<Slice<Erasure>, Error> {
        let (ErasureFilter { kinds }, ErasureSort::CreatedAt) = (filter, sort.key);
        let select = within(scope).apply_if((!kinds.is_empty()).then_some(kinds), |select, kinds| {
            select.filter(Column::Kind.is_in(kinds.iter().map(|kind| spelled(*kind))))
        });
        let place = |row: &Model| Position { id: row.id, sorted_by: String::new() };
        let order = Order { column: Column::Id, id: Column::Id, holds: Sorted::Id, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }

    /// The secret of this name, if there is one.
    pub async fn secret(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        Ok(secret::Entity::find_by_id(name.to_owned()).one(&self.db()).await?.map(|row| row.secret))
    }

    /// Those of these hashes that belong to erased people.
    pub async fn erased_among(&self, scope: WorkspaceScope, hashes: &[Vec<u8>]) -> Result<HashSet<Vec<u8>>, Error> {
        use erased_name::Column as Of;
        let mut found = HashSet::new();
        for some in hashes.chunks(AT_ONCE) {
            let select = erased_name::Entity::find().select_only().column(Of::Hash);
            let known: Vec<Vec<u8>> = select
                .filter(Of::WorkspaceId.eq(scope.workspace().uuid()))
                .filter(Of::Hash.is_in(some.iter().cloned()))
                .into_tuple()
                .all(&self.db())
                .await?;
            found.extend(known);
        }
        Ok(found)
    }
}

impl Transaction {
    /// The secret of this name: the candidate, unless there is one. Whoever asks has the turn (see [`Transaction::take_turn`]).
    pub async fn secret_or(&self, name: &str, candidate: [u8; 32]) -> Result<Vec<u8>, Error> {
        if let Some(known) = self.secret(name).await? {
            return Ok(known);
        }
        let row = secret::ActiveModel { name: Set(name.to_owned()), secret: Set(candidate.to_vec()) };
        secret::Entity::insert(row).exec_without_returning(&self.db()).await?;
        Ok(candidate.to_vec())
    }

    /// Keeps a receipt with the hashes of what the person was known by. `last_number` is the highest of their numbers.
    pub async fn add_erasure(&self, erasure: &Erasure, last_number: u32, hashes: HashSet<Vec<u8>>) -> Result<(), Error> {
        let row = Model::of(self.scope(), erasure, last_number)?;
        Entity::insert(row.into_active_model()).exec_without_returning(&self.db()).await?;
        let names = hashes.into_iter().map(|hash| erased_name::ActiveModel {
            workspace_id: Set(self.scope().workspace().uuid()),
            hash: Set(hash),
            erasure_id: Set(erasure.id.uuid()),
        });
        let again = OnConflict::columns([erased_name::Column::WorkspaceId, erased_name::Column::Hash])
            .update_column(erased_name::Column::ErasureId)
            .to_owned();
        self.write_rows::<erased_name::Entity>(names.collect(), Some(&again)).await?;
        Ok(())
    }

    /// Forgets the hashes of an erasure. Tells whether it had not been lifted before.
    pub async fn lift_erasure(&self, erasure: Id<Erasure>) -> Result<bool, Error> {
        let workspace = self.scope().workspace().uuid();
        erased_name::Entity::delete_many()
            .filter(erased_name::Column::WorkspaceId.eq(workspace))
            .filter(erased_name::Column::ErasureId.eq(erasure.uuid()))
            .exec(&self.db())
            .await?;
        let lifted = Entity::update_many()
            .col_expr(Column::LiftedAt, Expr::value(self.now()))
            .filter(Column::WorkspaceId.eq(workspace))
            .filter(Column::Id.eq(erasure.uuid()))
            .filter(Column::LiftedAt.is_null())
            .exec(&self.db())
            .await?;
        Ok(lifted.rows_affected == 1)
    }

    /// The highest number of a member who was erased.
    pub(crate) async fn last_erased_number(&self) -> Result<Option<i32>, Error> {
        let last = within(self.scope()).select_only().column_as(Column::LastNumber.max(), "last");
        Ok(last.into_tuple::<Option<i32>>().one(&self.db()).await?.flatten())
    }
}
