//! Milestone steps over REST.

use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::milestone_step;

use crate::caller::Caller;
use crate::resources::milestone_step::{MilestoneStep, MilestoneStepPatch, NewMilestoneStep};
use crate::resources::page::Whole;
use crate::resources::patch::Patch;
use crate::rest::answer::{Deleted, Found, Made, Shown};
use crate::rest::body::Json;
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::IfMatch;
use crate::rest::problem::Problem;

/// List the steps of a milestone
///
/// All of them, at most 100, in their order.
#[utoipa::path(get, path = "/v1/key-results/{keyResult}/milestone-steps", tag = "milestone-steps", params(("keyResult" = String, Path, description = "Id, or any address it ever had"), AsOf), responses((status = 200, description = "The steps", body = Whole<MilestoneStep>)))]
pub(crate) async fn list_milestone_steps(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Shown<Whole<MilestoneStep>>, Problem> {
    Ok(Shown(Whole::of(app.at(query.0.instant()).milestone_steps(&caller, &path).await?)))
}

/// Add a step to a milestone
///
/// After the others. Only key results of the kind `MILESTONE` have steps.
#[utoipa::path(post, path = "/v1/key-results/{keyResult}/milestone-steps", tag = "milestone-steps", params(("keyResult" = String, Path, description = "Id, or any address it ever had")), request_body = NewMilestoneStep, responses((status = 201, description = "The new step", body = MilestoneStep)))]
pub(crate) async fn create_milestone_step(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    body: Json<NewMilestoneStep>,
) -> Result<Made<MilestoneStep>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.of(path.into_inner())).await?))
}

/// Show a milestone step
///
/// By id.
#[utoipa::path(get, path = "/v1/milestone-steps/{milestoneStep}", tag = "milestone-steps", params(("milestoneStep" = String, Path, description = "Id"), AsOf), responses((status = 200, description = "The step", body = MilestoneStep)))]
pub(crate) async fn show_milestone_step(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Found<MilestoneStep>, Problem> {
    Ok(Found::of(app.at(query.0.instant()).milestone_step(&caller, &path).await?))
}

/// Change a milestone step
///
/// By merge patch: what is absent stays, null clears. Who may record progress may say which day a step was done; the rest
/// is for those who may edit OKRs.
#[utoipa::path(patch, path = "/v1/milestone-steps/{milestoneStep}", tag = "milestone-steps", params(("milestoneStep" = String, Path, description = "Id")), request_body(content = MilestoneStepPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed step", body = MilestoneStep)))]
pub(crate) async fn update_milestone_step(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<MilestoneStepPatch>,
) -> Result<Found<MilestoneStep>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a milestone step
///
/// The others keep their positions.
#[utoipa::path(delete, path = "/v1/milestone-steps/{milestoneStep}", tag = "milestone-steps", params(("milestoneStep" = String, Path, description = "Id")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_milestone_step(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
) -> Result<Deleted, Problem> {
    app.delete::<milestone_step::MilestoneStep>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}
