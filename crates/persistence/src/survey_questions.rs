//! Questions in the database.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::question::{Question, QuestionFilter, QuestionKind, QuestionSort};
use waymark_domain::survey::Survey;

use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::rows::question::{Column, Entity, Model};
use crate::rows::{spelled, storable};
use crate::store::{Store, Transaction};

fn within(scope: WorkspaceScope) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(scope.workspace().uuid()))
}

impl Store {
    pub async fn questions_by_id(&self, scope: WorkspaceScope, ids: &[Id<Question>]) -> Result<Vec<Question>, Error> {
        self.questions_where(within(scope).filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())))).await
    }

    /// The questions of these surveys, in the order they were made.
    pub async fn questions_of(&self, scope: WorkspaceScope, surveys: &[Id<Survey>]) -> Result<Vec<Question>, Error> {
        self.questions_where(within(scope).filter(Column::SurveyId.is_in(surveys.iter().map(|id| id.uuid())))).await
    }

    /// The questions of a kind in all surveys, in the order they were made.
    pub async fn questions_of_kind(&self, scope: WorkspaceScope, kind: QuestionKind) -> Result<Vec<Question>, Error> {
        self.questions_where(within(scope).filter(Column::Kind.eq(spelled(kind)))).await
    }

    pub async fn question_by_external_id(&self, scope: WorkspaceScope, external_id: &str) -> Result<Option<Question>, Error> {
        Ok(self.questions_where(within(scope).filter(Column::ExternalId.is_in(storable(external_id)))).await?.pop())
    }

    async fn questions_where(&self, select: Select<Entity>) -> Result<Vec<Question>, Error> {
        select.order_by_asc(Column::Id).all(&self.db()).await?.into_iter().map(Question::try_from).collect()
    }

    pub async fn questions(
        &self,
        scope: WorkspaceScope,
        filter: &QuestionFilter,
        sort: Sort<QuestionSort>,
        page: &Page,
    ) -> Result<Slice<Question>, Error> {
        let QuestionFilter { survey, kinds, updated_since } = filter;
        let select = within(scope)
            .apply_if(*survey, |select, survey| select.filter(Column::SurveyId.eq(survey.uuid())))
            .apply_if((!kinds.is_empty()).then_some(kinds), |select, kinds| {
                select.filter(Column::Kind.is_in(kinds.iter().map(|kind| spelled(*kind))))
            })
            .apply_if(*updated_since, |select, instant| select.filter(Column::UpdatedAt.gte(instant)));
        let (column, holds) = match sort.key {
            QuestionSort::CreatedAt => (Column::Id, Sorted::Id),
            QuestionSort::UpdatedAt => (Column::UpdatedAt, Sorted::Instant),
        };
        let place = |row: &Model| Position {
            id: row.id,
            sorted_by: match sort.key {
                QuestionSort::CreatedAt => String::new(),
                QuestionSort::UpdatedAt => row.updated_at.to_rfc3339(),
            },
        };
        let order = Order { column, id: Column::Id, holds, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }
}

/// Which metric is told from a question its kind says, so metrics are told otherwise from each of these writes on.
impl Transaction {
    pub async fn insert_question(&self, question: &Question) -> Result<(), Error> {
        self.insert(Model::of(self.scope(), question)).await?;
        self.raise_watermark(false).await.map(|_| ())
    }

    pub async fn replace_question(&self, question: &Question) -> Result<(), Error> {
        self.replace(Model::of(self.scope(), question), |_| ()).await?;
        self.raise_watermark(false).await.map(|_| ())
    }

    /// Refused while there are answers to it.
    pub async fn remove_question(&self, question: &Question) -> Result<(), Error> {
        self.remove(Model::of(self.scope(), question)).await?;
        self.raise_watermark(false).await.map(|_| ())
    }
}
