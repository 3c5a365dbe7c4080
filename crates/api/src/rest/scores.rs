//! Scores over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::as_of::instant;
use crate::resources::page::Listed;
use crate::resources::score::{
    CascadeScore, CascadeScoreParams, CycleScoreParams, CycleScoresOf, GroupScore, KeyResultScore, ObjectiveScore, ScoreFilter, ScoreRow,
    TeamScoreParams, policy,
};
use crate::rest::answer::Shown;
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::{AsOf, Query};
use crate::rest::problem::Problem;

/// Show the score of a key result
///
/// Computed from the check-ins, now or as of an instant, with everything that explains it, the pace and the forecast.
#[utoipa::path(get, path = "/v1/key-results/{keyResult}/score", tag = "scores", params(("keyResult" = String, Path, description = "Id or any address it ever had"), AsOf), responses((status = 200, description = "The score", body = KeyResultScore)))]
pub(crate) async fn show_key_result_score(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Shown<KeyResultScore>, Problem> {
    Ok(Shown(app.at(query.0.instant()).key_result_standing(&caller, &path).await?.into()))
}

/// Show the score of an objective
///
/// The weighted mean of its key results, with the score of each.
#[utoipa::path(get, path = "/v1/objectives/{objective}/score", tag = "scores", params(("objective" = String, Path, description = "Id or address"), AsOf), responses((status = 200, description = "The score", body = ObjectiveScore)))]
pub(crate) async fn show_objective_score(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Shown<ObjectiveScore>, Problem> {
    Ok(Shown(app.at(query.0.instant()).objective_standing(&caller, &path).await?.into()))
}

/// Show the score of a cascade
///
/// The objective with all that support it, directly or through others, and what they are worth together by a policy.
#[utoipa::path(get, path = "/v1/objectives/{objective}/cascade", tag = "scores", params(("objective" = String, Path, description = "Id or address"), CascadeScoreParams), responses((status = 200, description = "The score", body = CascadeScore)))]
pub(crate) async fn show_cascade_score(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<CascadeScoreParams>,
) -> Result<Shown<CascadeScore>, Problem> {
    let CascadeScoreParams { policy: asked, as_of } = query.0;
    Ok(Shown(app.at(instant(as_of)).cascade_standing(&caller, &path, policy(asked)).await?.into()))
}

/// Show the score of a team
///
/// What the team's objectives in one cycle are worth together by a policy.
#[utoipa::path(get, path = "/v1/teams/{team}/score", tag = "scores", params(("team" = String, Path, description = "Id or key"), TeamScoreParams), responses((status = 200, description = "The score", body = GroupScore)))]
pub(crate) async fn show_team_score(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<TeamScoreParams>,
) -> Result<Shown<GroupScore>, Problem> {
    let TeamScoreParams { cycle, policy: asked, as_of } = query.0;
    Ok(Shown(app.at(instant(as_of)).cycle_standing(&caller, &cycle, Some(&path), policy(asked)).await?.into()))
}

/// Show the score of a cycle
///
/// What its objectives, of one team or of all, are worth together by a policy.
#[utoipa::path(get, path = "/v1/cycles/{cycle}/score", tag = "scores", params(("cycle" = String, Path, description = "Id or key"), CycleScoreParams), responses((status = 200, description = "The score", body = GroupScore)))]
pub(crate) async fn show_cycle_score(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<CycleScoreParams>,
) -> Result<Shown<GroupScore>, Problem> {
    let CycleScoreParams { policy: asked, team, as_of } = query.0;
    Ok(Shown(app.at(instant(as_of)).cycle_standing(&caller, &path, team.as_deref(), policy(asked)).await?.into()))
}

/// List the scores of a cycle
///
/// One flat row for each key result, for scripts and spreadsheets: `?format=csv` gives them all as a table. By address
/// unless sorted by `score` or `title`.
#[utoipa::path(get, path = "/v1/cycles/{cycle}/scores", tag = "scores", params(("cycle" = String, Path, description = "Id or key"), ListParams, ScoreFilter), responses((status = 200, description = "A page of scores", body = Listed<ScoreRow>)))]
pub(crate) async fn list_cycle_scores(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    list: List<ScoreFilter>,
) -> Result<HttpResponse, Problem> {
    let list = list.whole().map(|filter| CycleScoresOf { cycle: path.into_inner(), filter });
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.cycle_scores(&caller, query, sort, page).await?.map(ScoreRow::from)) }
    })
    .await
}
