//! Bindings over REST.

use actix_web::web::{Data, Path};
use waymark_application::App;

use crate::caller::Caller;
use crate::resources::binding::{Binding, BindingReading, BindingRefresh, NewBinding};
use crate::resources::page::Whole;
use crate::rest::answer::{Deleted, Found, Made, Shown};
use crate::rest::body::Json;
use crate::rest::parameters::{AsOf, Query};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// Show the metric that drives a key result
///
/// With how the key result stands by its newest reading, and by that of the newest window that is over.
#[utoipa::path(get, path = "/v1/key-results/{keyResult}/binding", tag = "bindings", params(("keyResult" = String, Path, description = "Id, or any address it ever had"), AsOf), responses((status = 200, description = "The binding", body = Binding)))]
pub(crate) async fn show_binding(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Found<Binding>, Problem> {
    Ok(Found(app.at(query.0.instant()).binding(&caller, &path).await?.into()))
}

/// Bind a key result to a metric
///
/// In place of the binding it has: a rerun with the same body changes nothing, so `If-Match` is optional here. What the metric
/// tells of each window since the key result began becomes a check-in with the provenance `METRIC`, on the last day of the
/// window or on today: at once, and again within minutes after events came in. What a person measured on the same day stands.
#[utoipa::path(put, path = "/v1/key-results/{keyResult}/binding", tag = "bindings", params(("keyResult" = String, Path, description = "Id, or any address it ever had")), request_body = NewBinding, responses((status = 200, description = "Replaced", body = Binding), (status = 201, description = "Bound", body = Binding)))]
pub(crate) async fn bind_metric(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewBinding>,
) -> Result<Made<Binding>, Problem> {
    let (bound, is_new) = app.bind_metric(&caller, path.into_inner(), version.0, body.0.into()).await?;
    Ok(Made::below(bound.into(), is_new))
}

/// Unbind a key result
///
/// What was read and checked in stays.
#[utoipa::path(delete, path = "/v1/key-results/{keyResult}/binding", tag = "bindings", params(("keyResult" = String, Path, description = "Id, or any address it ever had")), responses((status = 204, description = "Unbound")))]
pub(crate) async fn unbind_metric(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.unbind_metric(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// List the readings of a binding
///
/// One for each window, in the order of their ends, each as it was last read: all of them, without pages.
#[utoipa::path(get, path = "/v1/key-results/{keyResult}/binding/readings", tag = "bindings", params(("keyResult" = String, Path, description = "Id, or any address it ever had"), AsOf), responses((status = 200, description = "The readings", body = Whole<BindingReading>)))]
pub(crate) async fn list_binding_readings(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    query: Query<AsOf>,
) -> Result<Shown<Whole<BindingReading>>, Problem> {
    Ok(Shown(Whole::of(app.at(query.0.instant()).readings(&caller, &path).await?)))
}

/// Read the metric of a key result now
///
/// Every window since the key result began. A window that late data changed is restated: its check-in gets another revision,
/// which says so, and the answer lists it with the value before and after. A grade that was given never changes: a key
/// result that has one is refused, and so is a closed cycle.
#[utoipa::path(post, path = "/v1/key-results/{keyResult}/binding/refresh", tag = "bindings", params(("keyResult" = String, Path, description = "Id, or any address it ever had")), responses((status = 200, description = "What moved", body = BindingRefresh)))]
pub(crate) async fn refresh_binding(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Shown<BindingRefresh>, Problem> {
    Ok(Shown(app.refresh_binding(&caller, &path).await?.into()))
}
