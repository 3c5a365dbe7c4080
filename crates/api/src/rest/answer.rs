//! Answers: a resource that was found, made, changed or deleted.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderValue, IF_NONE_MATCH, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::resources::binding::Binding;
use crate::resources::{Resource, Tagged};
use crate::rest::precondition;
use crate::rest::problem::Problem;

/// 200 with a resource whose ETag is its version.
#[derive(Debug)]
pub(crate) struct Found<T>(pub(crate) T);

/// 201 with the resource and where it can be found from now on; 200 where it was there already.
#[derive(Debug)]
pub(crate) struct Made<T> {
    pub(crate) resource: T,
    pub(crate) location: String,
    pub(crate) is_new: bool,
}

/// 200 with anything else, whose ETag is a hash of it.
#[derive(Debug)]
pub(crate) struct Shown<T>(pub(crate) T);

/// Something that says when it was made, and is the same as long as all else that it says is.
#[derive(Debug)]
pub(crate) struct Timed<T>(pub(crate) T);

/// What says when it was made.
pub(crate) trait Lasting: Serialize {
    /// Everything but the instant it was made.
    fn lasting(&self) -> impl Serialize;
}

impl<T: Lasting> Lasting for &T {
    fn lasting(&self) -> impl Serialize {
        T::lasting(self)
    }
}

/// An answer that nobody may keep, as it shows a secret.
#[derive(Debug)]
pub(crate) struct Unstored<T>(pub(crate) T);

/// 204.
#[derive(Debug)]
pub(crate) struct Deleted;

impl<T: Resource> Found<T> {
    pub(crate) fn of(thing: T::Of) -> Self {
        Self(thing.into())
    }
}

impl<T: Tagged> Made<T> {
    pub(crate) fn at(location: String, resource: T) -> Self {
        Self { resource, location, is_new: true }
    }
}

impl Made<Binding> {
    /// Below the key result that it binds.
    pub(crate) fn below(resource: Binding, is_new: bool) -> Self {
        Self { location: format!("{}/{}/binding", Binding::PATH, resource.key_result_id.as_str()), resource, is_new }
    }
}

impl<T: Resource> Made<T> {
    pub(crate) fn new(thing: T::Of) -> Self {
        Self::put((thing, true))
    }

    pub(crate) fn put((thing, is_new): (T::Of, bool)) -> Self {
        let resource = T::from(thing);
        Self { location: format!("{}/{}", T::PATH, resource.id().as_str()), resource, is_new }
    }
}

impl<T: Tagged> Responder for Found<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let tag = format!("\"{}\"", self.0.state());
        if is_known(request, &tag) {
            return not_modified(&tag);
        }
        let mut response = HttpResponse::Ok();
        precondition::tag(&mut response, &self.0.state());
        response.json(self.0)
    }
}

impl<T: Tagged> Responder for Made<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::build(if self.is_new { StatusCode::CREATED } else { StatusCode::OK });
        precondition::tag(&mut response, &self.resource.state());
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            response.insert_header((LOCATION, location));
        }
        response.json(self.resource)
    }
}

impl<T: Responder<Body = BoxBody>> Responder for Unstored<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = self.0.respond_to(request);
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

impl<T: Serialize> Responder for Shown<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match serde_json::to_vec(&self.0) {
            Ok(body) => hashed(request, HttpResponse::Ok().content_type("application/json").body(()), body),
            Err(error) => internal(&error),
        }
    }
}

impl<T: Lasting> Responder for Timed<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let response = HttpResponse::Ok().content_type("application/json").body(());
        match serde_json::to_vec(&self.0.lasting()).and_then(|lasting| Ok((lasting, serde_json::to_vec(&self.0)?))) {
            Ok((lasting, body)) => hashed_but_for_time(request, response, &lasting, body),
            Err(error) => internal(&error),
        }
    }
}

impl Responder for Deleted {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}

/// The answer with this body, or 304 where the caller has it already. The tag depends on the body alone, not on the token.
pub(crate) fn hashed(request: &HttpRequest, response: HttpResponse, body: Vec<u8>) -> HttpResponse {
    let tag = format!("\"{}\"", digest(&body));
    tagged(request, response, &tag, body)
}

/// As [`hashed`], for a body that says when it was made: the tag depends on everything else, and is weak, since other
/// bodies can have it.
pub(crate) fn hashed_but_for_time(request: &HttpRequest, response: HttpResponse, lasting: &[u8], body: Vec<u8>) -> HttpResponse {
    tagged(request, response, &format!("W/\"{}\"", digest(lasting)), body)
}

fn tagged(request: &HttpRequest, response: HttpResponse, tag: &str, body: Vec<u8>) -> HttpResponse {
    if is_known(request, tag) {
        return not_modified(tag);
    }
    let mut response = response.set_body(BoxBody::new(body));
    if let Ok(value) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

pub(crate) fn digest(body: &[u8]) -> String {
    let hash = Sha256::digest(body);
    hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether `If-None-Match` of a read names the tag. Compression may have made it weak on the way, so tags are compared weakly.
pub(crate) fn is_known(request: &HttpRequest, tag: &str) -> bool {
    if !request.method().is_safe() {
        return false;
    }
    let header = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    header.split(',').map(strong).any(|known| known == strong(tag) || known == "*")
}

pub(crate) fn not_modified(tag: &str) -> HttpResponse {
    let mut response = HttpResponse::NotModified();
    if let Ok(value) = HeaderValue::from_str(tag) {
        response.insert_header((ETAG, value));
    }
    response.finish()
}

fn internal(error: &serde_json::Error) -> HttpResponse {
    use actix_web::ResponseError;
    let internal = waymark_application::Error::Internal(error.to_string().into());
    Problem::from(internal).error_response()
}
