//! Answers to surveys in the database: one row a revision.

use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QuerySelect, QueryTrait};
use waymark_domain::actor::WorkspaceScope;
use waymark_domain::id::Id;
use waymark_domain::page::{Page, Position, Slice, Sort};
use waymark_domain::question::Question;
use waymark_domain::response::{Response, ResponseFilter, ResponseSort, Said};

use crate::bulk::AT_ONCE;
use crate::error::Error;
use crate::paging::{self, Order, Sorted};
use crate::revisions::{current, within};
use crate::rows::response::{Column, Entity, Model};
use crate::store::{Store, Transaction};

impl Store {
    pub async fn responses_by_id(&self, scope: WorkspaceScope, ids: &[Id<Response>]) -> Result<Vec<Response>, Error> {
        let mut found = Vec::new();
        for some in ids.chunks(AT_ONCE) {
            let rows =
                current::<Entity>(scope, self.instant()).filter(Column::Id.is_in(some.iter().map(|id| id.uuid()))).all(&self.db()).await?;
            found.extend(rows);
        }
        found.into_iter().map(Response::try_from).collect()
    }

    pub async fn responses(
        &self,
        scope: WorkspaceScope,
        filter: &ResponseFilter,
        sort: Sort<ResponseSort>,
        page: &Page,
    ) -> Result<Slice<Response>, Error> {
        let ResponseFilter { survey, question, wave } = filter;
        let select = current::<Entity>(scope, self.instant())
            .filter(Column::SurveyId.eq(survey.uuid()))
            .apply_if(*question, |select, id| select.filter(Column::QuestionId.eq(id.uuid())))
            .apply_if(*wave, |select, id| select.filter(Column::WaveId.eq(id.uuid())));
        let ResponseSort::SubmittedAt = sort.key;
        let place = |row: &Model| Position { id: row.id, sorted_by: row.submitted_at.to_rfc3339() };
        let order = Order { column: Column::SubmittedAt, id: Column::Id, holds: Sorted::Instant, descending: sort.descending };
        paging::converted(paging::cut::<Entity, Model>(self, select, order, page, place).await?)
    }

    /// Everything that is said to these questions now, in no order.
    pub async fn said_to(&self, scope: WorkspaceScope, questions: &[Id<Question>]) -> Result<Vec<Said>, Error> {
        let rows =
            current::<Entity>(scope, None).filter(Column::QuestionId.is_in(questions.iter().map(|id| id.uuid()))).all(&self.db()).await?;
        rows.into_iter().map(|row| Ok(Response::try_from(row)?.said)).collect()
    }

    /// Whether anybody has answered the question, ever.
    pub async fn is_answered(&self, scope: WorkspaceScope, question: Id<Question>) -> Result<bool, Error> {
        let first =
            within::<Entity>(scope).filter(Column::QuestionId.eq(question.uuid())).select_only().column(Column::Id).into_tuple::<Uuid>();
        Ok(first.one(&self.db()).await?.is_some())
    }
}

impl Transaction {
    /// Writes what is said now, each answer after what was said before it: of one answer the last is current.
    pub async fn write_responses(&self, responses: &[Response]) -> Result<(), Error> {
        let row = |response: &Response, is_current| Model::of(self.scope(), response, is_current).into_active_model();
        self.write_revisions::<Entity, _>(responses, |response| (response.id.uuid(), response.revision), row).await
    }
}
