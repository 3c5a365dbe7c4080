//! Scores over GraphQL.

use async_graphql::{Context, Error, ID, Object, Result};
use waymark_application::{Error as Failure, ScoreQuery};
use waymark_domain::id::Id;
use waymark_domain::page::Sort;
use waymark_domain::scoring::list as domain;
use waymark_domain::{cycle, key_result, objective, team};

use crate::graphql::connection::{Connection, Paging};
use crate::graphql::context::{actor, app, failure, id_of, load, optional};
use crate::graphql::loaders::{CascadeScoreOf, CycleNamed, GroupScoreOf, KeyResultScoreOf, ObjectiveScoreOf, TeamNamed};
use crate::resources::as_of::{AsOf, instant};
use crate::resources::score::{
    CascadeScore, CycleScoresOf, GroupPolicy, GroupScore, KeyResultScore, ObjectiveScore, ScoreFilter, ScoreRow, ScoreSort,
};
use crate::scalars::DateTime;

/// The score of a key result that was just read. Absent only where it did not exist at that instant.
pub(crate) async fn key_result_score(ctx: &Context<'_>, id: Id<key_result::KeyResult>, as_of: AsOf) -> Result<Option<KeyResultScore>> {
    load(ctx, as_of, KeyResultScoreOf(id)).await
}

/// The score of an objective that was just read. Absent only where it did not exist at that instant.
pub(crate) async fn objective_score(ctx: &Context<'_>, id: Id<objective::Objective>, as_of: AsOf) -> Result<Option<ObjectiveScore>> {
    load(ctx, as_of, ObjectiveScoreOf(id)).await
}

/// The score of a cycle that was just read, for one team or for all.
pub(crate) async fn cycle_score(
    ctx: &Context<'_>,
    id: Id<cycle::Cycle>,
    team: Option<Id<team::Team>>,
    policy: GroupPolicy,
    as_of: AsOf,
) -> Result<GroupScore> {
    load(ctx, as_of, GroupScoreOf(id, team, policy.into())).await?.ok_or_else(|| gone(&id))
}

/// The score of a team that was just read, in a cycle by its id or key; absent where there is no such cycle.
pub(crate) async fn team_score(ctx: &Context<'_>, team: &ID, cycle: ID, policy: GroupPolicy, as_of: AsOf) -> Result<Option<GroupScore>> {
    match load(ctx, as_of, CycleNamed(cycle.0)).await? {
        Some(cycle) => cycle_score(ctx, cycle, id_of(team), policy, as_of).await.map(Some),
        None => Ok(None),
    }
}

/// The score of the cascade below an objective that was just read. Absent only where it did not exist at that instant.
pub(crate) async fn cascade(
    ctx: &Context<'_>,
    id: Id<objective::Objective>,
    policy: GroupPolicy,
    as_of: AsOf,
) -> Result<Option<CascadeScore>> {
    load(ctx, as_of, CascadeScoreOf(id, policy.into())).await
}

fn gone(named: &impl ToString) -> Error {
    failure(&Failure::NotFound { what: "cycle", named: named.to_string() })
}

/// The score of a cycle that was just read, for a team by its id or key; absent where there is no such team.
pub(crate) async fn score_of_cycle(
    ctx: &Context<'_>,
    cycle: &ID,
    team: Option<ID>,
    policy: GroupPolicy,
    as_of: AsOf,
) -> Result<Option<GroupScore>> {
    let Some(cycle) = id_of(cycle) else { return Ok(None) };
    let team = match team {
        None => None,
        Some(named) => match load(ctx, as_of, TeamNamed(named.0)).await? {
            Some(team) => Some(team),
            None => return Ok(None),
        },
    };
    cycle_score(ctx, cycle, team, policy, as_of).await.map(Some)
}

#[derive(Default)]
pub(crate) struct ScoreQueries;

#[Object]
impl ScoreQueries {
    /// The score of a key result by id or address, now or as it was known at an instant; null when there is none.
    async fn key_result_score(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<KeyResultScore>> {
        Ok(optional(app(ctx).at(instant(as_of)).key_result_standing(actor(ctx), &id).await)?.map(Into::into))
    }

    /// The score of an objective by id or address, now or as it was known at an instant; null when there is none.
    async fn objective_score(&self, ctx: &Context<'_>, id: ID, as_of: Option<DateTime>) -> Result<Option<ObjectiveScore>> {
        Ok(optional(app(ctx).at(instant(as_of)).objective_standing(actor(ctx), &id).await)?.map(Into::into))
    }

    /// What an objective and all that support it are worth together, by id or address; null when there is none.
    async fn cascade_score(
        &self,
        ctx: &Context<'_>,
        id: ID,
        #[graphql(default_with = "GroupPolicy::Equal")] policy: GroupPolicy,
        as_of: Option<DateTime>,
    ) -> Result<Option<CascadeScore>> {
        Ok(optional(app(ctx).at(instant(as_of)).cascade_standing(actor(ctx), &id, policy.into()).await)?.map(Into::into))
    }

    /// What the objectives of a cycle, of one team or of all, are worth together; both by id or key, null when there is
    /// no such cycle or team.
    async fn cycle_score(
        &self,
        ctx: &Context<'_>,
        cycle: ID,
        team: Option<ID>,
        #[graphql(default_with = "GroupPolicy::Equal")] policy: GroupPolicy,
        as_of: Option<DateTime>,
    ) -> Result<Option<GroupScore>> {
        let team = team.as_deref().map(String::as_str);
        Ok(optional(app(ctx).at(instant(as_of)).cycle_standing(actor(ctx), &cycle, team, policy.into()).await)?.map(Into::into))
    }

    /// The scores of a cycle (by id or key) as flat rows, one for each key result; by address unless sorted otherwise.
    #[expect(clippy::too_many_arguments, reason = "a connection has four arguments of its own")]
    async fn cycle_scores(
        &self,
        ctx: &Context<'_>,
        cycle: ID,
        filter: Option<ScoreFilter>,
        #[graphql(default_with = "ScoreSort::Address")] sort: ScoreSort,
        #[graphql(default = false)] descending: bool,
        first: Option<u32>,
        after: Option<String>,
        last: Option<u32>,
        before: Option<String>,
    ) -> Result<Connection<ScoreRow>> {
        let query = ScoreQuery::from(CycleScoresOf { cycle: cycle.0, filter: filter.unwrap_or_default() });
        let sort = Sort { key: domain::ScoreSort::from(sort), descending };
        let fetch = async |page| Ok(app(ctx).cycle_scores(actor(ctx), query.clone(), sort, page).await?.map(ScoreRow::from));
        Paging { first, after, last, before }.connection(ctx, &query, sort, fetch).await
    }
}
