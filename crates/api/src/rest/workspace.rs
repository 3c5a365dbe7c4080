//! The workspace over REST.

use actix_web::web::Data;
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::patch::Patch;
use crate::resources::workspace::{Workspace, WorkspacePatch};
use crate::rest::answer::Found;
use crate::rest::body::Json;
use crate::rest::precondition::IfMatch;
use crate::rest::problem::Problem;

/// Show the workspace
///
/// The one the token belongs to.
#[utoipa::path(get, path = "/v1/workspace", tag = "workspace", responses((status = 200, description = "The workspace", body = Workspace)))]
pub(crate) async fn show_workspace(app: Data<App>, caller: Caller) -> Result<Found<Workspace>, Problem> {
    Ok(Found::of(app.workspace(&caller).await?))
}

/// Change the workspace
///
/// The one the token belongs to, by merge patch: what is absent stays. Only an owner may.
#[utoipa::path(patch, path = "/v1/workspace", tag = "workspace", request_body(content = WorkspacePatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed workspace", body = Workspace)))]
pub(crate) async fn update_workspace(
    app: Data<App>,
    caller: Caller,
    version: IfMatch,
    body: Json<WorkspacePatch>,
) -> Result<Found<Workspace>, Problem> {
    Ok(Found::of(app.update(&caller, String::new(), version.0, body.0.changes()).await?))
}
