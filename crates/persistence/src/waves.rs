//! Waves in the database.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::survey::Survey;
use waymark_domain::wave::{Wave, WaveFilter, WaveSort};

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::storable;
use crate::rows::wave::{Column, Entity, Model};
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn waves_by_id(&self, scope: WorkspaceScope, ids: &[Id<Wave>]) -> Result<Vec<Wave>, Error> {
        self.waves_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    /// The waves of these surveys, by their first day.
    pub async fn waves_of(&self, scope: WorkspaceScope, surveys: &[Id<Survey>]) -> Result<Vec<Wave>, Error> {
        let mut waves = self.waves_where(within(scope).filter(Column::SurveyId.is_in(surveys.iter().map(|id| id.uuid())))).await?;
        waves.sort_by_key(|wave| (wave.start, wave.id));
        Ok(waves)
    }

    pub async fn wave_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<Wave>, Error> {
        Ok(self.waves_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    async fn waves_where(&self, select: Select<Entity>) -> Result<Vec<Wave>, Error> {
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(Wave::try_from).collect()
    }

    pub async fn waves(&self, scope: WorkspaceScope, filter: &WaveFilter, sort: Sort<WaveSort>, page: &Page) -> Result<Slice<Wave>, Error> {
        let WaveFilter { survey, updated_since } = filter;
        let select = within(scope)
            .apply_if(*survey, |select, survey| select.filter(Column::SurveyId.eq(survey.uuid())))
            .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)));
        let (column, holds) = match sort.key {
            WaveSort::CreatedAt => (Column::Id, Sorted::Id),
            WaveSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
            WaveSort::Start => (Column::StartOn, Sorted::Day),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                WaveSort::CreatedAt => String::new(),
                WaveSort::UpdatedAt => row.updated_at.to_rfc3339(),
                WaveSort::Start => row.start_on.to_string(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }
}

/// Metrics of surveys are of waves, so they are told otherwise from each of these writes on.
impl Transaction {
    pub async fn insert_wave(&self, wave: &Wave) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), wave)).await?;
        self.raise_watermark(false).await.map(|_| ())
    }

    pub async fn replace_wave(&self, wave: &Wave) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), wave), |_| ()).await?;
        self.raise_watermark(false).await.map(|_| ())
    }

    /// Refused while there are answers of it.
    pub async fn remove_wave(&self, wave: &Wave) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), wave)).await?;
        self.raise_watermark(false).await.map(|_| ())
    }
}
