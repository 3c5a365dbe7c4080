//! Who was in which layer, in the database.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ExprTrait, FromQueryResult, JoinType, QueryOrder, QuerySelect, QueryTrait};
use waymark_domain::NaiveDate;
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::layer_assignment::{LayerAssignment, LayerAssignmentFilter, LayerAssignmentSort, Rearranged};
use waymark_domain::member::Member;
use waymark_domain::page::{Page, Position, Slice, Sort};

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::layer_assignment::{Column, Entity, Model};
use crate::rows::{member, spelled, whole};
use crate::store::{Store, Transaction};

/// An assignment with the number of its member.
#[derive(FromQueryResult)]
struct Numbered {
    #[sea_orm(nested)]
    assignment: Model,
    number: i32,
}

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn layer_assignments_by_id(&self, scope: WorkspaceScope, ids: &[Id<LayerAssignment>]) -> Result<Vec<LayerAssignment>, Error> {
        self.layer_assignments_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    /// All assignments of a member.
    pub async fn layer_assignments_of(&self, scope: WorkspaceScope, member: Id<Member>) -> Result<Vec<LayerAssignment>, Error> {
        self.layer_assignments_where(within(scope).filter(Column::MemberId.eq(member.uuid()))).await
    }

    async fn layer_assignments_where(&self, select: Select<Entity>) -> Result<Vec<LayerAssignment>, Error> {
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(LayerAssignment::try_from).collect()
    }

    /// The assignments that end on a day or after it, or not at all, each with the number of its member; only those that
    /// begin before another day, where there is one.
    pub async fn layer_assignments_between(
        &self,
        scope: WorkspaceScope,
        from: NaiveDate,
        before: Option<NaiveDate>,
    ) -> Result<Vec<(u32, LayerAssignment)>, Error> {
        let owner = Entity::belongs_to(member::Entity)
            .from((Column::WorkspaceId, Column::MemberId))
            .to((member::Column::WorkspaceId, member::Column::Id))
            .into();
        let rows: Vec<Numbered> = within(scope)
            .join(JoinType::InnerJoin, owner)
            .column_as(member::Column::Number, "number")
            .filter(Column::UntilOn.is_null().or(Column::UntilOn.gte(from)))
            .apply_if(before, |select, before| select.filter(Column::FromOn.lt(before)))
            .order_by_asc(Column::Id)
            .into_model()
            .all(&self.db())
            .await?;
        rows.into_iter().map(|row| Ok((whole("number", row.number)?, row.assignment.try_into()?))).collect()
    }

    pub async fn layer_assignments(
        &self,
        scope: WorkspaceScope,
        filter: &LayerAssignmentFilter,
        sort: Sort<LayerAssignmentSort>,
        page: &Page,
    ) -> Result<Slice<LayerAssignment>, Error> {
        let LayerAssignmentFilter { member, layer, by, on } = filter;
        let select = within(scope)
            .apply_if(*member, |select, id| select.filter(Column::MemberId.eq(id.uuid())))
            .apply_if(*layer, |select, id| select.filter(Column::LayerId.eq(id.uuid())))
            .apply_if((!by.is_empty()).then_some(by), |select, by| {
                select.filter(Column::AssignedBy.is_in(by.iter().map(|by| spelled(*by))))
            })
            .apply_if(*on, |select, day| {
                select.filter(Column::FromOn.lte(day)).filter(Column::UntilOn.is_null().or(Column::UntilOn.gt(day)))
            });
        let (column, holds) = match sort.key {
            LayerAssignmentSort::CreatedAt => (Column::Id, Sorted::Id),
            LayerAssignmentSort::From => (Column::FromOn, Sorted::Day),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                LayerAssignmentSort::CreatedAt => String::new(),
                LayerAssignmentSort::From => row.from_on.to_string(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }
}

impl Transaction {
    /// What is removed makes room for what is changed, and both for what is added. Many rows a statement. Metrics are narrowed to
    /// layers, so they are told otherwise from now on.
    pub async fn rearrange_layers(&self, rearranged: &Rearranged) -> Result<(), Error> {
        let Rearranged { added, changed, removed } = rearranged;
        let rows = |assignments: &[LayerAssignment]| assignments.iter().map(|one| Model::of(self.scope(), one)).collect::<Vec<_>>();
        self.remove_all(&rows(removed)).await?;
        let before = Expr::col((Entity, Column::Version)).eq(Expr::col(("excluded", Column::Version)).sub(1));
        let conflict = OnConflict::columns([Column::WorkspaceId, Column::Id])
            .update_columns([Column::FromOn, Column::UntilOn, Column::Version, Column::UpdatedAt])
            .action_and_where(before)
            .to_owned();
        self.replace_all(rows(changed), conflict).await?;
        self.insert_all(rows(added)).await?;
        self.raise_watermark(true).await?;
        Ok(())
    }
}
