//! Surveys over GraphQL.

use async_graphql::{ComplexObject, Context, ID, Object, Result};
use waymark_application::{ResultsQuery, SurveyQuery};
use waymark_domain::authorization::Permission;
use waymark_domain::page::Sort;
use waymark_domain::survey as domain;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, id_of, load, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::surveys::{QuestionsOf, ResultsOf, WavesOf};
use crate::graphql::mutation::{Delete, Put, Update, create, delete, payload, put, update};
use crate::resources::as_of::{Dated, instant};
use crate::resources::change::{Change, Concept};
use crate::resources::question::Question;
use crate::resources::survey::{NewSurvey, Survey, SurveyFilter, SurveyPatch, SurveySort};
use crate::resources::survey_result::QuestionResults;
use crate::resources::wave::Wave;
use crate::scalars::DateTime;

#[ComplexObject]
impl Survey {
    /// Its questions, in the order they were made; at most 100.
    async fn questions(&self, ctx: &Context<'_>) -> Result<Vec<Question>> {
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, self.as_of, QuestionsOf(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// Its waves, by their first day; at most 500.
    async fn waves(&self, ctx: &Context<'_>) -> Result<Vec<Wave>> {
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, self.as_of, WavesOf(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// What the answers come to, question by question, as they are now whatever the survey was read as of. Questions and waves
    /// by id, or by key within the survey; all of them unless one is named.
    async fn results(
        &self,
        ctx: &Context<'_>,
        question: Option<String>,
        wave: Option<String>,
        #[graphql(default = false)] population_correction: bool,
    ) -> Result<Vec<QuestionResults>> {
        let query = ResultsQuery { question, wave, population_correction };
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, None, ResultsOf(id, query)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// Whether the caller may change this survey.
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
        history(ctx, self.as_of, Concept::Survey, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct SurveyQueries;

#[Object]
impl SurveyQueries {
    /// A survey by id or key; null when there is none.
    async fn survey(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<Survey>> {
        let as_of = instant(as_of);
        Ok(optional(app(ctx).at(as_of).survey(actor(ctx), &id).await)?.map(Survey::from).dated(as_of))
    }

    /// Surveys, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn surveys(
        &self,
        ctx: &Context<'_>,
        filter: Option<SurveyFilter>,
        #[graphql(default_with = "SurveySort::CreatedAt")] sort: SurveySort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Survey>> {
        let query = SurveyQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::SurveySort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).surveys(actor(ctx), query.clone(), sort, page).await?.map(Survey::from).dated(query.as_of));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

payload!(CreateSurveyPayload, survey: Survey);
payload!(UpdateSurveyPayload, survey: Survey);
payload!(PutSurveyPayload, survey: Survey);
payload!(DeleteSurveyPayload, survey: Survey);

#[derive(Default)]
pub(crate) struct SurveyMutations;

#[Object]
impl SurveyMutations {
    /// Its questions and waves are made on their own.
    async fn create_survey(&self, ctx: &Context<'_>, input: NewSurvey) -> Result<CreateSurveyPayload> {
        Ok(create::<Survey>(ctx, input).await?.into())
    }

    /// What is absent from the changes stays, null clears.
    async fn update_survey(&self, ctx: &Context<'_>, input: Update<SurveyPatch>) -> Result<UpdateSurveyPayload> {
        Ok(update::<Survey, _>(ctx, input).await?.into())
    }

    /// Creates the survey with this external id, or makes the one that has it equal to the value.
    async fn put_survey(&self, ctx: &Context<'_>, input: Put<NewSurvey>) -> Result<PutSurveyPayload> {
        Ok(put::<Survey, _>(ctx, input).await?.into())
    }

    /// Refused while it has questions or waves. The payload holds the survey as it was.
    async fn delete_survey(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteSurveyPayload> {
        Ok(delete::<Survey>(ctx, input).await?.into())
    }
}
