//! Traits of members over REST.

use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::member_trait;

use crate::caller::Caller;
use crate::resources::member_trait::{MemberTrait, MemberTraitPatch, NewMemberTrait};
use crate::resources::page::Whole;
use crate::resources::patch::Patch;
use crate::rest::answer::{Deleted, Found, Made, Shown};
use crate::rest::body::Json;
use crate::rest::precondition::IfMatch;
use crate::rest::problem::Problem;

/// List the traits of a member
///
/// Those of the member itself, whenever they hold, in the order they were added: at most 200, without pages.
#[utoipa::path(get, path = "/v1/members/{member}/traits", tag = "members", params(("member" = String, Path, description = "Id")), responses((status = 200, description = "All traits", body = Whole<MemberTrait>)))]
pub(crate) async fn list_member_traits(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Shown<Whole<MemberTrait>>, Problem> {
    Ok(Shown(Whole::of(app.member_traits(&caller, &path).await?)))
}

/// Add a trait to a member
///
/// One that contradicts another trait of the same days is refused, and `detail` names that trait.
#[utoipa::path(post, path = "/v1/members/{member}/traits", tag = "members", params(("member" = String, Path, description = "Id")), request_body = NewMemberTrait, responses((status = 201, description = "The new trait", body = MemberTrait)))]
pub(crate) async fn create_member_trait(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    body: Json<NewMemberTrait>,
) -> Result<Made<MemberTrait>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.of(path.into_inner())).await?))
}

/// Show a trait of a member
///
/// By id.
#[utoipa::path(get, path = "/v1/traits/{memberTrait}", tag = "members", params(("memberTrait" = String, Path, description = "Id")), responses((status = 200, description = "The trait", body = MemberTrait)))]
pub(crate) async fn show_member_trait(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<MemberTrait>, Problem> {
    Ok(Found::of(app.member_trait(&caller, &path).await?))
}

/// Change a trait of a member
///
/// By merge patch: what is absent stays, null clears. To end a trait, set `until`.
#[utoipa::path(patch, path = "/v1/traits/{memberTrait}", tag = "members", params(("memberTrait" = String, Path, description = "Id")), request_body(content = MemberTraitPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed trait", body = MemberTrait)))]
pub(crate) async fn update_member_trait(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<MemberTraitPatch>,
) -> Result<Found<MemberTrait>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a trait of a member
///
/// As if it had never been true. What was true and is no longer is ended by `until`.
#[utoipa::path(delete, path = "/v1/traits/{memberTrait}", tag = "members", params(("memberTrait" = String, Path, description = "Id")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_member_trait(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<member_trait::MemberTrait>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}
