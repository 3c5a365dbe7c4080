//! Who calls: the token of a request, turned into an actor.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use waymark_application::{App, Error};
use waymark_domain::actor::Actor;

use crate::request_id::RequestId;
use crate::rest::problem::Problem;

/// An authenticated caller.
#[derive(Clone, Debug)]
pub(crate) struct Caller(pub(crate) Actor);

impl Deref for Caller {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.0
    }
}

/// The actor behind a request's bearer token.
pub(crate) async fn authenticate(request: &HttpRequest) -> Result<Actor, Error> {
    let Some(app) = request.app_data::<Data<App>>() else { return Err(Error::Unauthenticated) };
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
    app.authenticate(token.ok_or(Error::Unauthenticated)?, id).await
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self(authenticate(&request).await?)) })
    }
}
