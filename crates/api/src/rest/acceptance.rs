//! Requests that accept no JSON are refused where nothing else can be given.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError};

use crate::rest::format::{accept, not_acceptable, quality};

const JSON: [&str; 3] = ["application/json", "application/*", "*/*"];

/// A write is refused before it is made. Whether a read can be given otherwise, only its answer tells.
pub(crate) async fn check(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, Error> {
    let is_ours = request.path().starts_with("/v1/") && request.headers().contains_key(ACCEPT);
    let has_format = request.query_string().split('&').any(|pair| pair.starts_with("format="));
    if !is_ours || has_format || quality(accept(request.request()), &JSON) > 0 {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    if [Method::POST, Method::PUT, Method::PATCH].contains(request.method()) {
        return Ok(request.into_response(not_acceptable("application/json").error_response()));
    }
    let response = next.call(request).await?.map_into_boxed_body();
    let is_json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !is_json {
        return Ok(response);
    }
    Ok(response.into_response(not_acceptable("application/json").error_response()))
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, HttpResponse, web};

    use super::*;

    async fn answer(method: Method, uri: &str, accepted: &str) -> u16 {
        let json = || async { HttpResponse::Ok().json(1) };
        let csv = || async { HttpResponse::Ok().content_type("text/csv").body("1") };
        let app = App::new().wrap(from_fn(check)).route("/v1/csv", web::get().to(csv)).route("/v1/json", web::to(json));
        let request = TestRequest::default().method(method).uri(uri).insert_header((ACCEPT, accepted));
        call_service(&init_service(app).await, request.to_request()).await.status().as_u16()
    }

    #[actix_web::test]
    async fn what_is_json_is_not_given_to_those_who_do_not_accept_it() {
        assert_eq!(answer(Method::GET, "/v1/json", "text/csv").await, 406);
        assert_eq!(answer(Method::POST, "/v1/json", "image/png").await, 406);
        assert_eq!(answer(Method::GET, "/v1/json", "application/json;q=0, text/html").await, 406);
    }

    #[actix_web::test]
    async fn what_is_accepted_is_given() {
        assert_eq!(answer(Method::GET, "/v1/csv", "text/csv").await, 200);
        assert_eq!(answer(Method::GET, "/v1/json", "application/*").await, 200);
        assert_eq!(answer(Method::GET, "/v1/json?format=json", "text/csv").await, 200);
    }
}
