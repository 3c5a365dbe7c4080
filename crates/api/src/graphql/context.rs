//! What resolvers find in their context, and how failures leave them.

use std::collections::HashMap;

use async_graphql::dataloader::DataLoader;
use async_graphql::{Context, Error, ErrorExtensions, ID};
use waymark_application::App;
use waymark_domain::actor::Actor;

use crate::cursor::Cursors;
use crate::error_code::ErrorCode;
use crate::graphql::loaders::{At, Batch, Batches};
use crate::resources::as_of::AsOf;
pub(crate) use crate::resources::id_of;

/// What every resolver of one request shares.
pub(crate) struct Shared {
    pub(crate) app: App,
    pub(crate) actor: Actor,
    pub(crate) cursors: Cursors,
}

/// The endpoint puts it into every request.
fn shared<'a>(ctx: &Context<'a>) -> &'a Shared {
    ctx.data_unchecked::<Shared>()
}

pub(crate) fn app<'a>(ctx: &Context<'a>) -> &'a App {
    &shared(ctx).app
}

pub(crate) fn actor<'a>(ctx: &Context<'a>) -> &'a Actor {
    &shared(ctx).actor
}

pub(crate) fn cursors<'a>(ctx: &Context<'a>) -> &'a Cursors {
    &shared(ctx).cursors
}

/// One value through the batches of this request, as of the instant of the thing that names it.
pub(crate) async fn load<K: Batch>(ctx: &Context<'_>, as_of: AsOf, key: K) -> Result<Option<K::Value>, Error> {
    batches(ctx).load_one(At { key, as_of }).await.map_err(|error| failure(&error))
}

/// As [`load`], for what cannot be absent while the thing that names it is there.
pub(crate) async fn load_present<K: Batch>(ctx: &Context<'_>, as_of: AsOf, key: Option<K>) -> Result<K::Value, Error> {
    let loaded = match key {
        Some(key) => load(ctx, as_of, key).await?,
        None => None,
    };
    loaded.ok_or_else(|| coded(ErrorCode::ConcurrentChange, "it was deleted while it was read"))
}

/// Many values through the batches of this request, by key.
pub(crate) async fn load_all<K: Batch>(ctx: &Context<'_>, as_of: AsOf, keys: Vec<K>) -> Result<HashMap<K, K::Value>, Error> {
    let keys = keys.into_iter().map(|key| At { key, as_of });
    let found = batches(ctx).load_many(keys).await.map_err(|error| failure(&error))?;
    Ok(found.into_iter().map(|(at, value)| (at.key, value)).collect())
}

fn batches<'a>(ctx: &Context<'a>) -> &'a DataLoader<Batches> {
    ctx.data_unchecked()
}

/// The one way in which a thing is named.
pub(crate) fn either(id: Option<ID>, address: Option<String>) -> Result<String, Error> {
    match (id, address) {
        (Some(ID(named)), None) | (None, Some(named)) => Ok(named),
        _ => Err(coded(ErrorCode::Malformed, "give either `id` or `address`")),
    }
}

/// What was found, or null where there is nothing: not finding is no error of a query.
pub(crate) fn optional<T>(found: Result<T, waymark_application::Error>) -> Result<Option<T>, Error> {
    match found {
        Ok(value) => Ok(Some(value)),
        Err(waymark_application::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(failure(&error)),
    }
}

/// A failure as a top-level error with its code. What happened inside is logged and not told.
pub(crate) fn failure(error: &waymark_application::Error) -> Error {
    use waymark_application::Error as Failure;
    let code = match error {
        Failure::Unauthenticated => ErrorCode::Unauthenticated,
        Failure::Forbidden(_) | Failure::OutOfReach(_) => ErrorCode::Forbidden,
        Failure::NotFound { .. } => ErrorCode::NotFound,
        Failure::Rejected(rejection) | Failure::Conflict(rejection) => match rejection.violations() {
            [only] => only.code.into(),
            _ => ErrorCode::Invalid,
        },
        Failure::Stale(_) => ErrorCode::VersionConflict,
        Failure::Raced => ErrorCode::ConcurrentChange,
        Failure::Unavailable(source) => {
            tracing::warn!(error = %source, "the database is not available");
            ErrorCode::Unavailable
        }
        Failure::Internal(source) => {
            tracing::error!(error = %source, "a request failed inside");
            ErrorCode::Internal
        }
    };
    coded(code, error.to_string())
}

pub(crate) fn coded(code: ErrorCode, message: impl Into<String>) -> Error {
    Error::new(message.into()).extend_with(|_, extensions| extensions.set("code", <&str>::from(code)))
}
