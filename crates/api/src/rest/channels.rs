//! Channels over REST.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use waymark_application::App;
use waymark_domain::channel;

use crate::caller::Caller;
use crate::resources::channel::{Channel, ChannelFilter, ChannelPatch, NewChannel};
use crate::resources::page::Listed;
use crate::resources::patch::Patch;
use crate::rest::answer::{Deleted, Found, Made};
use crate::rest::body::Json;
use crate::rest::list::{List, ListParams};
use crate::rest::precondition::{IfMatch, IfMatchOptional};
use crate::rest::problem::Problem;

/// List channels
///
/// Of all platforms or of one, in the order they were created, unless sorted otherwise.
#[utoipa::path(get, path = "/v1/channels", tag = "channels", params(ListParams, ChannelFilter), responses((status = 200, description = "A page of channels", body = Listed<Channel>)))]
pub(crate) async fn list_channels(app: Data<App>, caller: Caller, list: List<ChannelFilter>) -> Result<HttpResponse, Problem> {
    list.answer(&caller.clone(), move |filter, sort, page| {
        let (app, caller) = (app.clone(), caller.clone());
        async move { Ok(app.channels(&caller, filter, sort, page).await?.map(Channel::from)) }
    })
    .await
}

/// Create a channel
///
/// The key is what the platform calls it. It is given once, as is the platform: events name their channel by both.
#[utoipa::path(post, path = "/v1/channels", tag = "channels", request_body = NewChannel, responses((status = 201, description = "The new channel", body = Channel)))]
pub(crate) async fn create_channel(app: Data<App>, caller: Caller, body: Json<NewChannel>) -> Result<Made<Channel>, Problem> {
    Ok(Made::new(app.create(&caller, body.0.into()).await?))
}

/// Show a channel
///
/// By id, or by the key of its platform and its own with a slash between: `forum%2Fhelp`.
#[utoipa::path(get, path = "/v1/channels/{channel}", tag = "channels", params(("channel" = String, Path, description = "Id, or the key of its platform and its own with a slash between")), responses((status = 200, description = "The channel", body = Channel)))]
pub(crate) async fn show_channel(app: Data<App>, caller: Caller, path: Path<String>) -> Result<Found<Channel>, Problem> {
    Ok(Found::of(app.channel(&caller, &path).await?))
}

/// Change a channel
///
/// By merge patch: what is absent stays, null clears.
#[utoipa::path(patch, path = "/v1/channels/{channel}", tag = "channels", params(("channel" = String, Path, description = "Id, or the key of its platform and its own with a slash between")), request_body(content = ChannelPatch, content_type = "application/merge-patch+json"), responses((status = 200, description = "The changed channel", body = Channel)))]
pub(crate) async fn update_channel(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatch,
    body: Json<ChannelPatch>,
) -> Result<Found<Channel>, Problem> {
    Ok(Found::of(app.update(&caller, path.into_inner(), version.0, body.0.changes()).await?))
}

/// Delete a channel
///
/// Refused while events belong to it: make it inactive instead.
#[utoipa::path(delete, path = "/v1/channels/{channel}", tag = "channels", params(("channel" = String, Path, description = "Id, or the key of its platform and its own with a slash between")), responses((status = 204, description = "Deleted")))]
pub(crate) async fn delete_channel(app: Data<App>, caller: Caller, path: Path<String>, version: IfMatch) -> Result<Deleted, Problem> {
    app.delete::<channel::Channel>(&caller, path.into_inner(), version.0).await?;
    Ok(Deleted)
}

/// Create or replace a channel by external id
///
/// A rerun with the same body changes nothing. `If-Match` is optional here: the caller's own system is the source of the
/// channel.
#[utoipa::path(put, path = "/v1/external/channels/{externalId}", tag = "channels", params(("externalId" = String, Path, description = "The integrator's own id")), request_body = NewChannel, responses((status = 200, description = "Replaced", body = Channel), (status = 201, description = "Created", body = Channel)))]
pub(crate) async fn put_channel(
    app: Data<App>,
    caller: Caller,
    path: Path<String>,
    version: IfMatchOptional,
    body: Json<NewChannel>,
) -> Result<Made<Channel>, Problem> {
    Ok(Made::put(app.put(&caller, path.into_inner(), version.0, body.0.into()).await?))
}
