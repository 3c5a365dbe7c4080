//! Identities, the accounts of members, over REST.

use actix_web::web::{Data, Path};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::identity::{Identity, NewIdentity};
use crate::resources::page::Whole;
use crate::rest::answer::{Deleted, Found, Made, Shown};
use crate::rest::body::Json;
use crate::rest::problem::Problem;

/// List the accounts of a member
///
/// Those of the member itself, in the order they were added: at most 50, without pages.
#[utoipa::path(get, path = "/v1/members/{member}/identities", tag = "members", params(("member" = String, Path, description = "Id")), responses((status = 200, description = "All accounts", body = Whole<Identity>)))]
pub(crate) async fn list_identities(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Shown<Whole<Identity>>, Problem> {
    Ok(Shown(Whole::of(app.identities(&caller, &path).await?)))
}

/// Add an account to a member
///
/// One that somebody has already is refused, and `detail` names that member.
#[utoipa::path(post, path = "/v1/members/{member}/identities", tag = "members", params(("member" = String, Path, description = "Id")), request_body = NewIdentity, responses((status = 201, description = "The new account", body = Identity)))]
pub(crate) async fn add_identity(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    body: Json<NewIdentity>,
) -> Result<Made<Identity>, Problem> {
    let identity = Identity::from(app.add_identity(&caller, path.into_inner(), body.0.into()).await?);
    Ok(Made::at(identity.location(), identity))
}

/// Show an account
///
/// By id.
#[utoipa::path(get, path = "/v1/identities/{identity}", tag = "members", params(("identity" = String, Path, description = "Id")), responses((status = 200, description = "The account", body = Identity)))]
pub(crate) async fn show_identity(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<Identity>, Problem> {
    Ok(Found(app.identity(&caller, &path).await?.into()))
}

/// Remove an account from its member
///
/// Events that name it later make a member of their own. No `If-Match` is needed, as an account never changes.
#[utoipa::path(delete, path = "/v1/identities/{identity}", tag = "members", params(("identity" = String, Path, description = "Id")), responses((status = 204, description = "Removed")))]
pub(crate) async fn remove_identity(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Deleted, Problem> {
    app.remove_identity(&caller, path.into_inner()).await?;
    Ok(Deleted)
}
