//! Surveys in the database.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::survey::{Survey, SurveyFilter, SurveySort};

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::survey::{Column, Entity, Model};
use crate::rows::{spelled, storable};
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn surveys_by_id(&self, scope: WorkspaceScope, ids: &[Id<Survey>]) -> Result<Vec<Survey>, Error> {
        self.surveys_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    pub async fn surveys_by_key(&self, scope: WorkspaceScope, keys: &[&str]) -> Result<Vec<Survey>, Error> {
        self.surveys_where(within(scope).filter(Column::Key.is_in(keys.iter().copied().filter_map(storable)))).await
    }

    pub async fn survey_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<Survey>, Error> {
        Ok(self.surveys_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    async fn surveys_where(&self, select: Select<Entity>) -> Result<Vec<Survey>, Error> {
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(Survey::try_from).collect()
    }

    pub async fn surveys(
        &self,
        scope: WorkspaceScope,
        filter: &SurveyFilter,
        sort: Sort<SurveySort>,
        page: &Page,
    ) -> Result<Slice<Survey>, Error> {
        let SurveyFilter { statuses, updated_since } = filter;
        let select = within(scope)
            .apply_if((!statuses.is_empty()).then_some(statuses), |select, statuses| {
                select.filter(Column::Status.is_in(statuses.iter().map(|status| spelled(*status))))
            })
            .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)));
        let (column, holds) = match sort.key {
            SurveySort::CreatedAt => (Column::Id, Sorted::Id),
            SurveySort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            SurveySort::Title => (Column::Title, Sorted::Text),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                SurveySort::CreatedAt => String::new(),
                SurveySort::UpdatedAt => row.updated_at.to_rfc3339(),
                SurveySort::Title => row.title.clone(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }
}

impl Transaction {
    pub async fn insert_survey(&self, survey: &Survey) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), survey)).await
    }

    pub async fn replace_survey(&self, survey: &Survey) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), survey), |_| ()).await
    }

    /// Refused while it has questions or waves.
    pub async fn remove_survey(&self, survey: &Survey) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), survey)).await
    }
}
