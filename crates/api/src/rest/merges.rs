//! Merges of members over REST.

use actix_web::web::{Data, Path};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::member::Member;
use crate::resources::merge::{MergeParams, MergePreview, NewMerge, UnmergePreview};
use crate::rest::answer::{Found, Shown};
use crate::rest::body::Json;
use crate::rest::parameters::Query;
use crate::rest::precondition::IfMatch;
use crate::rest::problem::Problem;

/// Show what a merge would bring together
///
/// And which figures would be told otherwise by it. Refused as the merge itself would be; nothing is written.
#[utoipa::path(get, path = "/v1/members/{member}/merge-preview", tag = "members", params(("member" = String, Path, description = "Id"), MergeParams), responses((status = 200, description = "What would come together", body = MergePreview)))]
pub(crate) async fn show_merge_preview(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<MergeParams>,
) -> Result<Shown<MergePreview>, Problem> {
    Ok(Shown(app.merge_preview(&caller, &path, &query.0.into).await.map_err(Problem::of_query)?.into()))
}

/// Show what it would part to unmerge a member
///
/// And which figures would be told otherwise by it. Nothing is written.
#[utoipa::path(get, path = "/v1/members/{member}/unmerge-preview", tag = "members", params(("member" = String, Path, description = "Id")), responses((status = 200, description = "What would be parted", body = UnmergePreview)))]
pub(crate) async fn show_unmerge_preview(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Shown<UnmergePreview>, Problem> {
    Ok(Shown(app.unmerge_preview(&caller, &path).await?.into()))
}

/// Merge a member into another one
///
/// From now on it counts as that one, in what is past too. The other may itself be merged into a third; only a loop is
/// refused. Accounts and traits stay with the member, so that the merge can be undone.
#[utoipa::path(post, path = "/v1/members/{member}/merge", tag = "members", params(("member" = String, Path, description = "Id")), request_body = NewMerge, responses((status = 200, description = "The merged member", body = Member)))]
pub(crate) async fn merge_member(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<NewMerge>,
) -> Result<Found<Member>, Problem> {
    Ok(Found::of(app.merge_member(&caller, path.into_inner(), version.0, body.0.into).await?))
}

/// Unmerge a member
///
/// It stands for itself again, with the members that were merged into it. Unchanged where it does already.
#[utoipa::path(post, path = "/v1/members/{member}/unmerge", tag = "members", params(("member" = String, Path, description = "Id")), responses((status = 200, description = "The member", body = Member)))]
pub(crate) async fn unmerge_member(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Found<Member>, Problem> {
    Ok(Found::of(app.unmerge_member(&caller, path.into_inner(), version.0).await?))
}
