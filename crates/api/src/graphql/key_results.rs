//! Key results over GraphQL.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result};
use waymark_application::KeyResultQuery;
use waymark_domain::authorization::Permission;
use waymark_domain::key_result as domain;
use waymark_domain::objective::Support;
use waymark_domain::page::Sort;

use crate::graphql::check_ins::check_ins_of;
use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, either, id_of, load, load_all, load_present, optional};
use crate::graphql::history::history;
use crate::graphql::loaders::bindings::BindingOf;
use crate::graphql::loaders::contributions::ContributionsTo;
use crate::graphql::loaders::initiatives::InitiativeById;
use crate::graphql::loaders::objectives::{ObjectiveById, ObjectivesSupporting};
use crate::graphql::loaders::{MilestoneStepsOf, TeamById};
use crate::graphql::mutation::{Delete, Put, Update, Version, create, delete, outcome, payload, put, update};
use crate::graphql::scores::key_result_score;
use crate::resources::as_of::{Dated, instant};
use crate::resources::binding::Binding;
use crate::resources::change::{Change, Concept};
use crate::resources::check_in::CheckIn;
use crate::resources::contribution::Contribution;
use crate::resources::initiative::Initiative;
use crate::resources::key_result::{KeyResult, KeyResultFilter, KeyResultPatch, KeyResultSort, NewKeyResult};
use crate::resources::milestone_step::MilestoneStep;
use crate::resources::objective::Objective;
use crate::resources::score::KeyResultScore;
use crate::resources::team::Team;
use crate::scalars::{DateTime, Decimal};

#[ComplexObject]
impl KeyResult {
    /// The team, often of one, that answers for it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        match self.owner_id.as_ref().and_then(|id| id_of(id)) {
            Some(id) => load(ctx, self.as_of, TeamById(id)).await,
            None => Ok(None),
        }
    }

    /// The steps of a `MILESTONE`, in their order; at most 100.
    async fn milestone_steps(&self, ctx: &Context<'_>) -> Result<Vec<MilestoneStep>> {
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, self.as_of, MilestoneStepsOf(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// The metric that drives it, with how it stands by it; null where none does.
    async fn binding(&self, ctx: &Context<'_>) -> Result<Option<Binding>> {
        match id_of(&self.id) {
            Some(id) => load(ctx, self.as_of, BindingOf(id)).await,
            None => Ok(None),
        }
    }

    /// Whether the caller may change this key result, its steps and its grade.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::EditOkrs)
    }

    /// Whether the caller may record check-ins, and say which steps are done.
    async fn viewer_can_check_in(&self, ctx: &Context<'_>) -> bool {
        actor(ctx).may(Permission::RecordProgress)
    }

    /// The objective it belongs to.
    async fn objective(&self, ctx: &Context<'_>) -> Result<Objective> {
        load_present(ctx, self.as_of, id_of(&self.objective_id).map(ObjectiveById)).await
    }

    /// What it is worth now, or was at an instant; null where it did not exist then.
    async fn score(&self, ctx: &Context<'_>, as_of: Option<DateTime>) -> Result<Option<KeyResultScore>> {
        match id_of(&self.id) {
            Some(id) => key_result_score(ctx, id, instant(as_of).or(self.as_of)).await,
            None => Ok(None),
        }
    }

    /// Its check-ins, oldest day first; `last: 3` are the newest three.
    async fn check_ins(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<CheckIn>> {
        check_ins_of(ctx, self.as_of, &self.id, Paging { first, after, last, before }).await
    }

    /// The initiatives that contribute to it, and the evidence.
    async fn contributions(&self, ctx: &Context<'_>) -> Result<Vec<Contribution>> {
        match id_of(&self.id) {
            Some(id) => Ok(load(ctx, self.as_of, ContributionsTo(id)).await?.unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// The initiatives that contribute to it, in the order of their links.
    async fn initiatives(&self, ctx: &Context<'_>) -> Result<Vec<Initiative>> {
        let Some(id) = id_of(&self.id) else { return Ok(Vec::new()) };
        let links = load(ctx, self.as_of, ContributionsTo(id)).await?.unwrap_or_default();
        let keys: Vec<InitiativeById> = links.iter().filter_map(|link| id_of(&link.initiative_id).map(InitiativeById)).collect();
        let mut found = load_all(ctx, self.as_of, keys.clone()).await?;
        Ok(keys.iter().filter_map(|key| found.remove(key)).collect())
    }

    /// The objectives that support this key result, by address.
    async fn supported_by(
        &self,
        ctx: &Context<'_>,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<Objective>> {
        let all = match id_of(&self.id).map(Support::KeyResult) {
            Some(parent) => load(ctx, self.as_of, ObjectivesSupporting(parent)).await?,
            None => None,
        };
        Paging { first, after, last, before }.slice(all.unwrap_or_default())
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
        history(ctx, self.as_of, Concept::KeyResult, &self.id, Paging { first, after, last, before }).await
    }
}

#[derive(Default)]
pub(crate) struct KeyResultQueries;

#[Object]
impl KeyResultQueries {
    /// A key result by id, or by any address it ever had such as `2026-Q4.devrel.O1-KR2`: exactly one of both. Null when
    /// there is none. `asOf` gives it, and all that is reached from it, as it was known at that instant.
    async fn key_result(
        &self,
        ctx: &Context<'_>,
        id: Option<ID>,
        address: Option<String>,
        as_of: Option<DateTime>,
    ) -> Result<Option<KeyResult>> {
        let (named, as_of) = (either(id, address)?, instant(as_of));
        Ok(optional(app(ctx).at(as_of).key_result(actor(ctx), &named).await)?.map(KeyResult::from).dated(as_of))
    }

    /// Key results, in the order they were created unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn key_results(
        &self,
        ctx: &Context<'_>,
        filter: Option<KeyResultFilter>,
        #[graphql(default_with = "KeyResultSort::CreatedAt")] sort: KeyResultSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<KeyResult>> {
        let query = KeyResultQuery::from(filter.unwrap_or_default());
        let sort = Sort { key: domain::KeyResultSort::from(sort), descending };
        let fetch =
            async |page| Ok(app(ctx).key_results(actor(ctx), query.clone(), sort, page).await?.map(KeyResult::from).dated(query.as_of));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}

/// The final judgement of a person.
#[derive(InputObject)]
#[graphql(name = "GradeKeyResultInput")]
pub(crate) struct GradeKeyResult {
    /// Id or address.
    id: ID,
    /// The version that was read.
    version: Version,
    /// From 0 to 1; null takes the grade back.
    grade: Option<Decimal>,
    /// Required where the grade differs from the score.
    reason: Option<String>,
}

payload!(CreateKeyResultPayload, key_result: KeyResult);
payload!(UpdateKeyResultPayload, key_result: KeyResult);
payload!(PutKeyResultPayload, key_result: KeyResult);
payload!(DeleteKeyResultPayload, key_result: KeyResult);
payload!(GradeKeyResultPayload, key_result: KeyResult);

#[derive(Default)]
pub(crate) struct KeyResultMutations;

#[Object]
impl KeyResultMutations {
    /// It gets the next number of its objective, which is never given again. Fields that its kind does not use are refused.
    async fn create_key_result(&self, ctx: &Context<'_>, input: NewKeyResult) -> Result<CreateKeyResultPayload> {
        Ok(create::<KeyResult>(ctx, input).await?.into())
    }

    /// Another `objective` moves it there, where it gets a number; its old addresses keep naming it. Another `kind` needs
    /// the fields cleared that it does not use.
    async fn update_key_result(&self, ctx: &Context<'_>, input: Update<KeyResultPatch>) -> Result<UpdateKeyResultPayload> {
        Ok(update::<KeyResult, _>(ctx, input).await?.into())
    }

    /// Creates the key result with this external id, or makes the one that has it equal to the value; another `objective`
    /// moves it there.
    async fn put_key_result(&self, ctx: &Context<'_>, input: Put<NewKeyResult>) -> Result<PutKeyResultPayload> {
        Ok(put::<KeyResult, _>(ctx, input).await?.into())
    }

    /// Its number is not given again, its check-ins stay in history, and initiatives that named it dangle. Refused while an
    /// objective supports it. The payload holds the key result as it was.
    async fn delete_key_result(&self, ctx: &Context<'_>, input: Delete) -> Result<DeleteKeyResultPayload> {
        Ok(delete::<KeyResult>(ctx, input).await?.into())
    }

    /// Gives the final grade in place of the one that was there, or takes it back. A grade that differs from the score, both
    /// rounded to 4 decimals, needs a reason.
    async fn grade_key_result(&self, ctx: &Context<'_>, input: GradeKeyResult) -> Result<GradeKeyResultPayload> {
        let GradeKeyResult { id, version, grade, reason } = input;
        let graded = app(ctx).grade_key_result(actor(ctx), id.0, Some(version.0), grade.map(Decimal::entered), reason).await;
        Ok(outcome(graded, &["input"])?.into())
    }
}
