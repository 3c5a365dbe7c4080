//! Who calls: the token of a request, turned into an actor, once and before anything else looks at the request.

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, ResponseError};
use waymark_application::{App, Error};
use waymark_domain::actor::Actor;

use crate::graphql;
use crate::rate_limit::RateLimits;
use crate::request_id::RequestId;
use crate::rest::problem::Problem;

/// An authenticated caller.
#[derive(Clone, Debug)]
pub(crate) struct Caller(pub(crate) Actor);

/// Who calls, or why that is not known, until somebody asks.
#[derive(Debug)]
struct Authenticated(Result<Actor, Error>);

impl Deref for Caller {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.0
    }
}

/// Authenticates the requests of both doors and counts them, those of strangers by their address. A token that is valid
/// opens whatever others have tried from the same address, which may be a proxy's.
pub(crate) async fn admit(
    limits: Data<RateLimits>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let is_a_door = request.path().starts_with("/v1/") || request.path() == "/graphql";
    if !is_a_door || request.method() == Method::OPTIONS {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let authenticated = authenticate(request.request()).await;
    let standing = match &authenticated {
        Ok(actor) => limits.of_token(actor),
        Err(Error::Unauthenticated) => limits.of_stranger(request.peer_addr()),
        Err(_) => None,
    };
    request.extensions_mut().insert(Authenticated(authenticated));
    let wait = standing.as_ref().and_then(|standing| standing.wait);
    if let Some(standing) = standing {
        request.extensions_mut().insert(standing);
    }
    match wait {
        Some(seconds) => {
            let refused = refused(request.request(), seconds);
            Ok(request.into_response(refused))
        }
        None => Ok(next.call(request).await?.map_into_boxed_body()),
    }
}

/// Each door refuses in its own form.
fn refused(request: &HttpRequest, seconds: u64) -> HttpResponse {
    if request.path() == "/graphql" { graphql::rate_limited(request, seconds) } else { Problem::rate_limited(seconds).error_response() }
}

async fn authenticate(request: &HttpRequest) -> Result<Actor, Error> {
    let Some(app) = request.app_data::<Data<App>>() else { return Err(Error::Unauthenticated) };
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
    app.authenticate(token.ok_or(Error::Unauthenticated)?, id).await
}

/// The actor that [`admit`] has found; nobody where it was not asked.
pub(crate) fn authenticated(request: &HttpRequest) -> Result<Actor, Error> {
    request.extensions_mut().remove::<Authenticated>().map_or(Err(Error::Unauthenticated), |Authenticated(result)| result)
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(authenticated(request).map(Self).map_err(Problem::from))
    }
}
