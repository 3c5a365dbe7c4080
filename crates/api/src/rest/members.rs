//! Members over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::member::{Member, MemberFilter, MemberPatch, NewMember};
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::rest::answer::{Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List members
///
/// Merged ones too, in the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/members", tag = "members", params(ListParams, MemberFilter), responses((status = 200, description = "A page of members", body = Listed<Member>)))]
pub(crate) async fn list_members(app: Data<App>, caller: Caller, list: List<MemberFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.members(&caller, query, sort, page).await?.map(Member::from)) }
    })
    .await
}

/// Create a member
///
/// With its accounts. An account that another member has is refused, and `detail` names that member: the two may be one
/// person, who can be merged.
#[utoipa::path(post, path = "/v1/members", tag = "members", request_body = NewMember, responses((status = 201, description = "The new member", body = Member)))]
pub(crate) async fn create_member(app: Data<App>, caller: Caller, body: Json<NewMember>) -> Result<Made<Member>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a member
///
/// By id, also when it is merged into another one.
#[utoipa::path(get, path = "/v1/members/{member}", tag = "members", params(("member" = String, Path, description = "Id")), responses((status = 200, description = "The member", body = Member)))]
pub(crate) async fn show_member(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<Member>, Problem> {
    Ok(Found::of(app.member(&caller, &path).await?))
}

/// Change a member
///
/// By merge patch: what is absent stays, null clears. Accounts and traits are added and removed on their own.
#[utoipa::path(patch, path = "/v1/members/{member}", tag = "members", params(("member" = String, Path, description = "Id")), request_body(content = MemberPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed member", body = Member)))]
pub(crate) async fn update_member(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<MemberPatch>,
) -> Result<Found<Member>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Create or replace a member by external id
///
/// A rerun with the same body changes nothing. Accounts that are named and new are added; others stay, as events may have
/// brought them. `If-Match` is optional here: the caller's own system is the source of the member.
#[utoipa::path(put, path = "/v1/external/members/{externalId}", tag = "members", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewMember, responses((status = 200, description = "Replaced", body = Member), (status = 201, description = "Created", body = Member)))]
pub(crate) async fn put_member(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewMember>,
) -> Result<Made<Member>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
