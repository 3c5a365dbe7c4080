//! Answers to surveys over GraphQL.

use async_graphql::{Context, ID, InputObject, Object, Result};
use waymark_application::{Error, Submission};
use waymark_domain::page::Sort;
use waymark_domain::rejection::{Code, Violation};
use waymark_domain::response as domain;

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app};
use crate::graphql::mutation::{payload, plain};
use crate::resources::response::{NewResponse, Response, ResponseBatch, ResponseFilter, ResponseSort, submission};

/// Most answers of one mutation.
const MOST: usize = 500;

#[derive(Default)]
pub(crate) struct ResponseQueries;

#[Object]
impl ResponseQueries {
    /// The answers to a survey, by id or key, one by one, in the order they were submitted: for those alone who may read
    /// single answers.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn responses(
        &self,
        ctx: &Context<'_>,
        survey: ID,
        filter: Option<ResponseFilter>,
        #[graphql(default_with = "ResponseSort::SubmittedAt")] sort: ResponseSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Response>> {
        let query = filter.unwrap_or_default().of(survey.0);
        let sort = Sort { key: domain::ResponseSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).responses(actor(ctx), query.clone(), sort, page).await?.map(Response::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

/// Answers to send.
#[derive(InputObject)]
struct SubmitResponsesInput {
    /// At most 500; REST takes 5,000 at once.
    responses: Vec<NewResponse>,
    /// Take in all of the answers, or none where one of them is refused.
    #[graphql(default = false)]
    atomic: bool,
}

impl SubmitResponsesInput {
    fn submission(self) -> Result<Submission, Error> {
        if self.responses.len() > MOST {
            let detail = format!("a mutation takes at most {MOST} responses: send them in several, or in one batch over REST");
            return Err(Violation::new(Code::TooMany, detail).at("responses").into());
        }
        Ok(submission(self.responses.into_iter().map(Ok).collect(), self.atomic))
    }
}

payload!(SubmitResponsesPayload, batch: ResponseBatch);

#[derive(Default)]
pub(crate) struct ResponseMutations;

#[Object]
impl ResponseMutations {
    /// Sends answers to surveys. Of each it is told what became of it; one that is rejected does not keep out the others,
    /// unless `atomic`. Sending the same again changes nothing.
    async fn submit_responses(&self, ctx: &Context<'_>, input: SubmitResponsesInput) -> Result<SubmitResponsesPayload> {
        let submitted = match input.submission() {
            Ok(submission) => app(ctx).submit_responses(actor(ctx), submission).await,
            Err(error) => Err(error),
        };
        Ok(plain(submitted, &["input"])?.into())
    }
}
