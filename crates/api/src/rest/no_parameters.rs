//! Operations without parameters refuse all: `dryRun=true` that is passed over would write.

use std::collections::HashSet;
use std::sync::LazyLock;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError};
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{PathItem, RefOr};

use crate::rest::openapi::shared;
use crate::rest::parameters::{Nothing, Parameters};

/// Methods and paths of the operations whose queries are empty.
static BARE: LazyLock<HashSet<(Method, String)>> = LazyLock::new(|| {
    let paths = shared().paths.paths.iter();
    paths.flat_map(|(path, item)| bare(item).into_iter().map(move |method| (method, path.clone()))).collect()
});

fn bare(item: &PathItem) -> Vec<Method> {
    let operations = [
        (Method::GET, &item.get),
        (Method::HEAD, &item.get),
        (Method::POST, &item.post),
        (Method::PUT, &item.put),
        (Method::PATCH, &item.patch),
        (Method::DELETE, &item.delete),
    ];
    let is_bare = |operation: &Operation| {
        let mut parameters = operation.parameters.iter().flatten();
        !parameters.any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query))
    };
    operations.into_iter().filter(|(_, operation)| operation.as_ref().is_some_and(is_bare)).map(|(method, _)| method).collect()
}

/// Operations with parameters know their own, and refuse the others.
pub(crate) async fn check(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, Error> {
    let pattern = if request.query_string().is_empty() { None } else { request.match_pattern() };
    let is_bare = pattern.is_some_and(|pattern| BARE.contains(&(request.method().clone(), pattern)));
    if is_bare && let Err(problem) = Parameters::of(request.request()).and_then(Parameters::rest::<Nothing>) {
        return Ok(request.into_response(problem.error_response()));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}
