//! Activity types over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::activity;

use crate::caller::Caller;
use crate::resources::activity_type::{ActivityType, ActivityTypeFilter, ActivityTypePatch, NewActivityType};
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List activity types
///
/// What is built in comes first, then the workspace's own in the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/activity-types", tag = "activity-types", params(ListParams, ActivityTypeFilter), responses((status = 200, description = "A page of activity types", body = Listed<ActivityType>)))]
pub(crate) async fn list_activity_types(app: Data<App>, caller: Caller, list: List<ActivityTypeFilter>) -> Result<HttpResponse, Problem> {
    list.whole()
        .answer(&caller.clone(), move |filter, sort, page| {
            let (app, caller) = (app.clone(), caller.clone());
            async move { Ok(app.activity_types(&caller, filter, sort, page).await?.map(ActivityType::from)) }
        })
        .await
}

/// Create an activity type
///
/// Of the workspace's own, beside those that are built in. The key is given once: events name their type by it.
#[utoipa::path(post, path = "/v1/activity-types", tag = "activity-types", request_body = NewActivityType, responses((status = 201, description = "The new activity type", body = ActivityType)))]
pub(crate) async fn create_activity_type(
    app: Data<App>,
    caller: Caller,
    body: Json<NewActivityType>,
) -> Result<Made<ActivityType>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show an activity type
///
/// By id or key.
#[utoipa::path(get, path = "/v1/activity-types/{activityType}", tag = "activity-types", params(("activityType" = String, Path, description = "Id or key")), responses((status = 200, description = "The activity type", body = ActivityType)))]
pub(crate) async fn show_activity_type(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<ActivityType>, Problem> {
    Ok(Found(app.activity_type(&caller, &path).await?.into()))
}

/// Change an activity type
///
/// By merge patch: what is absent stays, null clears. Another class or knowledge restates metrics, back to the first event of
/// the type. What is built in cannot be changed.
#[utoipa::path(patch, path = "/v1/activity-types/{activityType}", tag = "activity-types", params(("activityType" = String, Path, description = "Id or key")), request_body(content = ActivityTypePatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed activity type", body = ActivityType)))]
pub(crate) async fn update_activity_type(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<ActivityTypePatch>,
) -> Result<Found<ActivityType>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete an activity type
///
/// What is built in cannot be deleted.
#[utoipa::path(delete, path = "/v1/activity-types/{activityType}", tag = "activity-types", params(("activityType" = String, Path, description = "Id or key")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_activity_type(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<activity::ActivityType>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace an activity type by external id
///
/// A rerun with the same body changes nothing. `If-Match` is optional here: the caller's own system is the source of the
/// activity type.
#[utoipa::path(put, path = "/v1/external/activity-types/{externalId}", tag = "activity-types", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewActivityType, responses((status = 200, description = "Replaced", body = ActivityType), (status = 201, description = "Created", body = ActivityType)))]
pub(crate) async fn put_activity_type(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewActivityType>,
) -> Result<Made<ActivityType>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
