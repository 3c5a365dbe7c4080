//! Erasures of people over REST.

use actix_web::web::{Data, Path};
use actix_web::{Either, HttpResponse};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::erasure::{Erasure, ErasureFilter, ErasureParams};
use crate::resources::page::Listed;
use crate::rest::answer::{Found, Made, Shown};
use crate::rest::list::{List, ListParams};
use crate::rest::parameters::Query;
use crate::rest::precondition::IfMatch;
use crate::rest::problem::Problem;

/// A receipt that is kept, or one that only shows what would be in it.
type Receipt = Either<Made<Erasure>, Shown<Erasure>>;

fn receipt(erasure: Erasure) -> Receipt {
    if erasure.dry_run { Either::Right(Shown(erasure)) } else { Either::Left(Made::at(erasure.location(), erasure)) }
}

/// Erase a member
///
/// With all who were merged into it: names, accounts, traits, layers, events, answers, and what history says of them, at once
/// and for good, as if the person had never been there. What they took back stays taken back, by nobody. Events and answers of
/// the same accounts are rejected from now on as `ERASED`, and so is whoever is created with them, until the erasure is lifted.
/// The receipt names nobody; it tells which figures moved. Refused where the member is merged into another one.
#[utoipa::path(post, path = "/v1/members/{member}/erase", tag = "erasures", params(("member" = String, Path, description = "Id"), ErasureParams), responses((status = 200, description = "What would be in the receipt, of a dry run", body = Erasure), (status = 201, description = "The receipt", body = Erasure)))]
pub(crate) async fn erase_member(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    params: Query<ErasureParams>,
) -> Result<Receipt, Problem> {
    Ok(receipt(app.erase_member(&caller, path.into_inner(), version.0, params.0.dry_run).await?.into()))
}

/// Anonymise a member
///
/// With all who were merged into it: what they did keeps counting, by their kind, roles and layers, for members with new ids
/// of whom nobody knows who they are. Names, accounts, organisations, properties, and the words of events go; answers to
/// surveys become anonymous. As erasing in all else.
#[utoipa::path(post, path = "/v1/members/{member}/anonymise", tag = "erasures", params(("member" = String, Path, description = "Id"), ErasureParams), responses((status = 200, description = "What would be in the receipt, of a dry run", body = Erasure), (status = 201, description = "The receipt", body = Erasure)))]
pub(crate) async fn anonymise_member(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    params: Query<ErasureParams>,
) -> Result<Receipt, Problem> {
    Ok(receipt(app.anonymise_member(&caller, path.into_inner(), version.0, params.0.dry_run).await?.into()))
}

/// List erasures
///
/// In the order in which they were made.
#[utoipa::path(get, path = "/v1/erasures", tag = "erasures", params(ListParams, ErasureFilter), responses((status = 200, description = "A page of receipts", body = Listed<Erasure>)))]
pub(crate) async fn list_erasures(app: Data<App>, caller: Caller, list: List<ErasureFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |query, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.erasures(&caller, query, sort, page).await?.map(Erasure::from)) }
    })
    .await
}

/// Show an erasure
///
/// The receipt, by id.
#[utoipa::path(get, path = "/v1/erasures/{erasure}", tag = "erasures", params(("erasure" = String, Path, description = "Id")), responses((status = 200, description = "The receipt", body = Erasure)))]
pub(crate) async fn show_erasure(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<Erasure>, Problem> {
    Ok(Found(app.erasure(&caller, &path).await?.into()))
}

/// Lift an erasure
///
/// The same person may be taken in again, as when they have agreed to come back. Nothing that was removed comes back by it.
/// Unchanged where it was lifted before.
#[utoipa::path(post, path = "/v1/erasures/{erasure}/lift", tag = "erasures", params(("erasure" = String, Path, description = "Id")), responses((status = 200, description = "The receipt", body = Erasure)))]
pub(crate) async fn lift_erasure(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<Erasure>, Problem> {
    Ok(Found(app.lift_erasure(&caller, path.into_inner()).await?.into()))
}
