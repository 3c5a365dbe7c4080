//! Questions over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::QuestionQuery;
use waymark_domain::authorization::Permission;
use waymark_domain::page::Sort;
use waymark_domain::question as domain;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load_present, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::surveys::SurveyById;
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::resources::as_of::{Dated, instant};
use crate::resources::change::{Change, Concept};
use crate::resources::question::{NewQuestion, Question, QuestionFilter, QuestionPatch, QuestionSort};
use crate::resources::survey::Survey;
use crate::scalars::DateTime;

#[ComplexObject]
impl Question {
    /// The survey it belongs to.
    async fn survey(&self, ctx: &Context<'_>) -> Result<Survey> {
        load_present(ctx, self.as_of, id_of(&self.survey_id).map(SurveyById)).await
    }

    /// Whether the caller may change this question.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditCommunity)
    }

    /// Every change, oldest first.
    async fn history(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Change>> {
        history(ctx, self.as_of, Concept::Question, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct QuestionQueries;

#[Object]
impl QuestionQueries {
    /// A question by id; null when there is none.
    async fn question(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<Question>> {
        let as_of = instant(as_of);
        Ok(optional(app(ctx).at(as_of).question(actor(ctx), &id).await)?.map(Question::from).dated(as_of))
    }

    /// Questions, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn questions(
        &self,
        ctx: &Context<'_>,
        filter: Option<QuestionFilter>,
        #[graphql(default_with = "QuestionSort::CreatedAt")] sort: QuestionSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Question>> {
        let query = QuestionQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::QuestionSort::from(sort), descending };
        let fetch =
            async |page| Ok(app(ctx).questions(actor(ctx), query.clone(), sort, page).await?.map(Question::from).dated(query.as_of));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreateQuestionPayload, question: Question);
payload!(UpdateQuestionPayload, question: Question);
payload!(PutQuestionPayload, question: Question);
payload!(DeleteQuestionPayload, question: Question);

#[derive(Default)]
pub(crate) struct QuestionMutations;

#[Object]
impl QuestionMutations {
    /// The scale is that of the kind unless another is stated.
    async fn create_question(&self, ctx: &Context<'_>, input: NewQuestion) -> Result<CreateQuestionPayload> {
        Ok(create::<Question>(ctx, input).await?.into())
    }

    /// What is absent from the changes stays, null clears.
    async fn update_question(&self, ctx: &Context<'_>, input: Update<QuestionPatch>) -> Result<UpdateQuestionPayload> {
        Ok(update::<Question, _>(ctx, input).await?.into())
    }

    /// Creates the question with this external id, or makes the one that has it equal to the value.
    async fn put_question(&self, ctx: &Context<'_>, input: Put<NewQuestion>) -> Result<PutQuestionPayload> {
        Ok(put::<Question, _>(ctx, input).await?.into())
    }

    /// Refused while there are answers to it. The payload holds the question as it was.
    async fn delete_question(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteQuestionPayload> {
        Ok(delete::<Question>(ctx, input).await?.into())
    }
}
