//! `/graphql`: authenticated first, then parsed.

use actix_web::http::Method;
use actix_web::web::{Data, Payload};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use async_graphql::EmptySubscription;
use async_graphql::dataloader::DataLoader;
use waymark_application::{App, Error};

use crate::caller;
use crate::cursor::Cursors;
use crate::graphql::context::Shared;
use crate::graphql::http::{Endpoint, Outcome, Refused};
use crate::graphql::limits::Limits;
use crate::graphql::loaders::Batches;
use crate::graphql::schema::{self, Mutation, Query};
use crate::rate_limit;
use crate::request_id::RequestId;

/// What the doors share, made once for all workers.
pub(crate) type Doors = Endpoint<Query, Mutation, EmptySubscription>;

pub(crate) fn doors() -> Result<Doors, String> {
    Endpoint::new(schema::schema(), Limits::default()).map_err(|error| error.to_string())
}

/// Nothing is parsed for strangers; which methods there are, everybody may know.
pub(crate) async fn graphql(http: HttpRequest, body: Payload, app: Data<App>, cursors: Data<Cursors>, doors: Data<Doors>) -> HttpResponse {
    let request_id = request_id(&http);
    if http.method() == Method::OPTIONS {
        return doors.answer(&http, body, &request_id, |request| request).await;
    }
    let actor = match caller::authenticated(&http) {
        Ok(actor) => actor,
        Err(error) => return refused(&error).into_response(&http, &request_id),
    };
    let batches = Batches { app: app.get_ref().clone(), actor: actor.clone() };
    let shared = Shared { app: app.get_ref().clone(), actor, cursors: cursors.get_ref().clone() };
    let loader = DataLoader::new(batches, tokio::spawn).delay(std::time::Duration::ZERO);
    doors.answer(&http, body, &request_id, |request| request.data(shared).data(loader)).await
}

/// The refusal of a caller whose bucket is empty.
pub(crate) fn rate_limited(http: &HttpRequest, seconds: u64) -> HttpResponse {
    let request_id = request_id(http);
    Refused::new(Outcome::RateLimited, "RATE_LIMITED", rate_limit::refusal(seconds)).into_response(http, &request_id)
}

fn request_id(http: &HttpRequest) -> String {
    http.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

fn refused(error: &Error) -> Refused {
    match error {
        Error::Unavailable(_) => Refused::new(Outcome::Unavailable, "UNAVAILABLE", error.to_string()),
        Error::Internal(_) => Refused::new(Outcome::Failed, "INTERNAL", error.to_string()),
        _ => Refused::new(Outcome::Unauthenticated, "UNAUTHENTICATED", "send a valid token as `Authorization: Bearer wmk_…`"),
    }
}

/// `/graphql/schema.graphql`.
pub(crate) async fn schema_text() -> HttpResponse {
    HttpResponse::Ok().content_type("application/graphql; charset=utf-8").body(schema::sdl())
}
