//! The one list of REST routes.

use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, ResponseError, Route, guard};

use crate::rest::problem::Problem;
use crate::rest::{discovery, history, openapi, problem_pages, scores, teams};
use crate::serve;

pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(at("/", [get(discovery::index)]))
        .service(at("/.well-known/api-catalog", [get(discovery::api_catalog)]))
        .service(at("/problems/{code}", [get(problem_pages::show)]))
        .service(at("/livez", [get(serve::live)]))
        .service(at("/readyz", [get(serve::ready)]))
        .service(at("/metrics", [get(serve::metrics)]))
        .service(at("/openapi.json", [get(openapi::openapi)]))
        .service(at("/v1/cycles/{cycle}/history", [get(history::list_cycle_history)]))
        .service(at("/v1/cycles/{cycle}/score", [get(scores::show_cycle_score)]))
        .service(at("/v1/cycles/{cycle}/scores", [get(scores::list_cycle_scores)]))
        .service(at("/v1/initiatives/{initiative}/history", [get(history::list_initiative_history)]))
        .service(at("/v1/key-results/{keyResult}/history", [get(history::list_key_result_history)]))
        .service(at("/v1/key-results/{keyResult}/score", [get(scores::show_key_result_score)]))
        .service(at("/v1/milestone-steps/{step}/history", [get(history::list_milestone_step_history)]))
        .service(at("/v1/objectives/{objective}/cascade", [get(scores::show_cascade_score)]))
        .service(at("/v1/objectives/{objective}/history", [get(history::list_objective_history)]))
        .service(at("/v1/objectives/{objective}/score", [get(scores::show_objective_score)]))
        .service(at("/v1/teams", [get(teams::list_teams), post(teams::create_team)]))
        .service(at("/v1/teams/{team}", [get(teams::show_team), patch(teams::update_team), delete(teams::delete_team)]))
        .service(at("/v1/teams/{team}/history", [get(history::list_team_history)]))
        .service(at("/v1/teams/{team}/score", [get(scores::show_team_score)]))
        .service(at("/v1/teams/external/{externalId}", [put(teams::put_team)]))
        .service(at("/v1/workspace/history", [get(history::list_workspace_history)]));
}

/// A method of an address.
pub(crate) struct Verb {
    names: &'static [&'static str],
    route: Route,
}

/// HEAD is answered as GET is; actix leaves the body out.
pub(crate) fn get<F, Args>(handler: F) -> Verb
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Verb { names: &["GET", "HEAD"], route: Route::new().guard(guard::Any(guard::Get()).or(guard::Head())).to(handler) }
}

macro_rules! verb {
    ($function:ident, $name:literal) => {
        pub(crate) fn $function<F, Args>(handler: F) -> Verb
        where
            F: Handler<Args>,
            Args: FromRequest + 'static,
            F::Output: Responder + 'static,
        {
            Verb { names: &[$name], route: web::$function().to(handler) }
        }
    };
}

verb!(post, "POST");
verb!(put, "PUT");
verb!(patch, "PATCH");
verb!(delete, "DELETE");

/// An address with its methods. OPTIONS tells them, and any other is refused with them.
pub(crate) fn at<const N: usize>(path: &str, verbs: [Verb; N]) -> Resource {
    let names: Vec<&str> = verbs.iter().flat_map(|verb| verb.names).copied().chain(["OPTIONS"]).collect();
    let allowed = names.join(", ");
    let options = allowed.clone();
    let resource = verbs.into_iter().fold(web::resource(path), |resource, verb| resource.route(verb.route));
    resource
        .route(Route::new().guard(guard::Options()).to(move || std::future::ready(options_of(&options))))
        .default_service(web::to(move || std::future::ready(Problem::method_not_allowed(&allowed).error_response())))
}

fn options_of(allowed: &str) -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    if let Ok(value) = HeaderValue::from_str(allowed) {
        response.insert_header((ALLOW, value));
    }
    response.finish()
}
