//! Contributions, the links between initiatives and key results, over REST.

use actix_web::web::{Data, Path};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::contribution::{Contribution, NewContribution};
use crate::resources::page::Whole;
use crate::rest::answer::{Deleted, Shown};
use crate::rest::body::Json;
use crate::rest::parameters::{AsOf, Query};
use crate::rest::problem::Problem;

/// List the contributions of an initiative
///
/// The key results it contributes to, in the order they were linked: at most 50, without pages.
#[utoipa::path(get, path = "/v1/initiatives/{initiative}/contributions", tag = "initiatives", params(("initiative" = String, Path, description = "Id"), AsOf), responses((status = 200, description = "All links", body = Whole<Contribution>)))]
pub(crate) async fn list_contributions(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Shown<Whole<Contribution>>, Problem> {
    Ok(Shown(Whole::of(app.at(query.0.instant()).contributions(&caller, &path).await?)))
}

/// Link an initiative to a key result
///
/// Makes the link, or replaces what is said of it, the metric that is its evidence included. A key result that does not exist is kept by its name, and the link
/// dangles until there is one. A rerun changes nothing, so no `If-Match` is needed.
#[utoipa::path(put, path = "/v1/initiatives/{initiative}/contributions/{keyResult}", tag = "initiatives", params(("initiative" = String, Path, description = "Id"), ("keyResult" = String, Path, description = "Id or address, of at most 200 characters")), request_body = NewContribution, responses((status = 200, description = "The link", body = Contribution)))]
pub(crate) async fn link_initiative(
    app: Data<App>,
    caller: Caller,
    path: Path<(String, String)>,
    body: Json<NewContribution>,
) -> Result<Shown<Contribution>, Problem> {
    let (initiative, key_result) = path.into_inner();
    let (draft, metric) = body.0.to(key_result);
    Ok(Shown(app.link_initiative(&caller, initiative, draft, metric).await?.into()))
}

/// Unlink an initiative from a key result
///
/// By the key result's id or an address of it, or by the name that a dangling link has. No `If-Match` is needed.
#[utoipa::path(delete, path = "/v1/initiatives/{initiative}/contributions/{keyResult}", tag = "initiatives", params(("initiative" = String, Path, description = "Id"), ("keyResult" = String, Path, description = "Id or address, or the name that the link has")), responses((status = 204, description = "Unlinked")))]
pub(crate) async fn unlink_initiative(app: Data<App>, caller: Caller, path: Path<(String, String)>) -> Result<Deleted, Problem> {
    let (initiative, key_result) = path.into_inner();
    app.unlink_initiative(&caller, initiative, key_result).await?;
    Ok(Deleted)
}
