//! Initiatives in the database.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{QueryOrder, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::initiative::{Initiative, InitiativeFilter, InitiativeSort, Linkage};
use waymark_domain::page::{Page, Position, Slice, Sort};

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::initiative::{Column, Entity, Model};
use crate::rows::{contribution, spelled, storable};
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn initiatives_by_id(&self, scope: WorkspaceScope, ids: &[Id<Initiative>]) -> Result<Vec<Initiative>, Error> {
        let rows = within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid()))).order_by_asc(Column::Id).all(&self.db()).await?;
        rows.into_iter().map(Initiative::try_from).collect()
    }

    pub async fn initiative_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<Initiative>, Error> {
        within(scope).filter(Column::ExternalId.is_in(storable(external_id))).one(&self.db()).await?.map(Initiative::try_from).transpose()
    }

    /// How many initiatives match the filter.
    pub async fn count_initiatives(&self, scope: WorkspaceScope, filter: &InitiativeFilter) -> Result<u64, Error> {
        paging::count(self, matching(scope, filter)).await
    }

    pub async fn initiatives(
        &self,
        scope: WorkspaceScope,
        filter: &InitiativeFilter,
        sort: Sort<InitiativeSort>,
        page: &Page,
    ) -> Result<Slice<Initiative>, Error> {
        let (column, holds) = match sort.key {
            InitiativeSort::CreatedAt => (Column::Id, Sorted::Id),
            InitiativeSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            InitiativeSort::Title => (Column::Title, Sorted::Text),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                InitiativeSort::CreatedAt => String::new(),
                InitiativeSort::UpdatedAt => row.updated_at.to_rfc3339(),
                InitiativeSort::Title => row.title.clone(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, matching(scope, filter), order, page, place).await?)
    }
}

fn matching(scope: WorkspaceScope, filter: &InitiativeFilter) -> Select<Entity> {
    let InitiativeFilter { team, owner, statuses, categories, key_result, linkage, updated_since } = filter;
    let links = |condition| {
        Query::select()
            .column(contribution::Column::InitiativeId)
            .from(contribution::Entity)
            .and_where(contribution::Column::WorkspaceId.eq(scope.workspace().uuid()))
            .and_where(condition)
            .to_owned()
    };
    within(scope)
        .apply_if(*team, |select, id| select.filter(Column::TeamId.eq(id.uuid())))
        .apply_if(*owner, |select, id| select.filter(Column::OwnerId.eq(id.uuid())))
        .apply_if((!statuses.is_empty()).then_some(statuses), |select, statuses| {
            select.filter(Column::Status.is_in(statuses.iter().map(|status| spelled(*status))))
        })
        .apply_if((!categories.is_empty()).then_some(categories), |select, categories| {
            select.filter(Column::Category.is_in(categories.iter().map(|category| spelled(*category))))
        })
        .apply_if(*key_result, |select, id| select.filter(Column::Id.in_subquery(links(contribution::Column::KeyResultId.eq(id.uuid())))))
        .apply_if(*linkage, |select, linkage| linked(select, linkage, links))
        .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)))
}

fn linked(select: Select<Entity>, linkage: Linkage, links: impl Fn(Expr) -> SelectStatement) -> Select<Entity> {
    let exists = || links(contribution::Column::KeyResultId.is_not_null());
    match linkage {
        Linkage::Linked => select.filter(Column::Id.in_subquery(exists())),
        Linkage::Unlinked => select.filter(Column::Id.not_in_subquery(exists())),
        Linkage::Dangling => select.filter(Column::Id.in_subquery(links(contribution::Column::KeyResultId.is_null()))),
    }
}

impl Transaction {
    pub async fn insert_initiative(&self, initiative: &Initiative) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), initiative)).await
    }

    pub async fn replace_initiative(&self, initiative: &Initiative) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), initiative), |_| ()).await
    }

    /// Deletes the initiative with its links.
    pub async fn remove_initiative(&self, initiative: &Initiative) -> Result<(), Error> {
        self.forget_links(initiative.id.uuid()).await?;
        self.remove(Model::of(self.scope(), initiative)).await
    }
}
