//! The one list of REST routes.

use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, ResponseError, Route, guard};

use crate::metrics as telemetry;
use crate::rest::problem::Problem;
use crate::rest::{
    activity_types, bindings, channels, check_ins, community_health, contributions, custom_metrics, cycles, discovery, documents, erasures,
    events, history, identities, initiatives, key_results, layer_assignments, layers, me, member_traits, members, merges,
    metric_definitions, metric_readings, metric_targets, metrics, milestone_steps, objectives, openapi, platforms, problem_pages,
    questions, responses, scores, survey_results, surveys, teams, tokens, waves, workspace,
};
use crate::serve;

pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(at("/", [get(discovery::index)]))
        .service(at("/.well-known/api-catalog", [get(discovery::api_catalog)]))
        .service(at("/problems/{code}", [get(problem_pages::show)]))
        .service(at("/livez", [get(serve::live)]))
        .service(at("/readyz", [get(serve::ready)]))
        .service(at("/metrics", [get(telemetry::metrics)]))
        .service(at("/openapi.json", [get(openapi::openapi)]))
        // Before what lies below `{id}`: an external id may be any word, `history` too.
        .service(at("/v1/external/activity-types/{externalId}", [put(activity_types::put_activity_type)]))
        .service(at("/v1/external/channels/{externalId}", [put(channels::put_channel)]))
        .service(at("/v1/external/check-ins/{externalId}", [put(check_ins::put_check_in)]))
        .service(at("/v1/external/custom-metrics/{externalId}", [put(custom_metrics::put_custom_metric)]))
        .service(at("/v1/external/cycles/{externalId}", [put(cycles::put_cycle)]))
        .service(at("/v1/external/initiatives/{externalId}", [put(initiatives::put_initiative)]))
        .service(at("/v1/external/key-results/{externalId}", [put(key_results::put_key_result)]))
        .service(at("/v1/external/layers/{externalId}", [put(layers::put_layer)]))
        .service(at("/v1/external/members/{externalId}", [put(members::put_member)]))
        .service(at("/v1/external/metric-targets/{externalId}", [put(metric_targets::put_metric_target)]))
        .service(at("/v1/external/objectives/{externalId}", [put(objectives::put_objective)]))
        .service(at("/v1/external/platforms/{externalId}", [put(platforms::put_platform)]))
        .service(at("/v1/external/questions/{externalId}", [put(questions::put_question)]))
        .service(at("/v1/external/surveys/{externalId}", [put(surveys::put_survey)]))
        .service(at("/v1/external/teams/{externalId}", [put(teams::put_team)]))
        .service(at("/v1/external/waves/{externalId}", [put(waves::put_wave)]))
        .service(at("/v1/cycles/{cycle}/export", [get(documents::export_cycle)]))
        .service(at("/v1/import", [post(documents::import_documents)]))
        .service(at("/v1/cycles", [get(cycles::list_cycles), post(cycles::create_cycle)]))
        .service(at("/v1/cycles/{cycle}", [get(cycles::show_cycle), patch(cycles::update_cycle), delete(cycles::delete_cycle)]))
        .service(at("/v1/events", [get(events::list_events), post(events::ingest_event)]))
        // Before the events by id, whose address matches them too.
        .service(at("/v1/events/batch", [post(events::ingest_events)]))
        .service(at("/v1/events/watermark", [get(events::show_watermark)]))
        .service(at("/v1/events/{event}", [get(events::show_event)]))
        .service(at("/v1/me", [get(me::show_me)]))
        .service(at("/v1/objectives", [get(objectives::list_objectives), post(objectives::create_objective)]))
        .service(at(
            "/v1/objectives/{objective}",
            [get(objectives::show_objective), patch(objectives::update_objective), delete(objectives::delete_objective)],
        ))
        .service(at("/v1/check-ins", [get(check_ins::list_check_ins), post(check_ins::record_check_in)]))
        .service(at("/v1/check-ins/{checkIn}", [get(check_ins::show_check_in), patch(check_ins::correct_check_in)]))
        .service(at("/v1/check-ins/{checkIn}/revisions", [get(check_ins::list_check_in_revisions)]))
        .service(at("/v1/initiatives", [get(initiatives::list_initiatives), post(initiatives::create_initiative)]))
        // Before the initiatives by id, whose address matches it too.
        .service(at("/v1/initiatives/linkage", [get(initiatives::show_initiative_linkage)]))
        .service(at(
            "/v1/initiatives/{initiative}",
            [get(initiatives::show_initiative), patch(initiatives::update_initiative), delete(initiatives::delete_initiative)],
        ))
        .service(at("/v1/initiatives/{initiative}/program", [get(initiatives::show_program)]))
        .service(at("/v1/initiatives/{initiative}/contributions", [get(contributions::list_contributions)]))
        .service(at(
            "/v1/initiatives/{initiative}/contributions/{keyResult}",
            [put(contributions::link_initiative), delete(contributions::unlink_initiative)],
        ))
        .service(at("/v1/key-results", [get(key_results::list_key_results), post(key_results::create_key_result)]))
        .service(at(
            "/v1/key-results/{keyResult}",
            [get(key_results::show_key_result), patch(key_results::update_key_result), delete(key_results::delete_key_result)],
        ))
        .service(at("/v1/key-results/{keyResult}/grade", [put(key_results::grade_key_result), delete(key_results::ungrade_key_result)]))
        .service(at(
            "/v1/key-results/{keyResult}/binding",
            [get(bindings::show_binding), put(bindings::bind_metric), delete(bindings::unbind_metric)],
        ))
        .service(at("/v1/key-results/{keyResult}/binding/readings", [get(bindings::list_binding_readings)]))
        .service(at("/v1/key-results/{keyResult}/binding/refresh", [post(bindings::refresh_binding)]))
        .service(at(
            "/v1/key-results/{keyResult}/milestone-steps",
            [get(milestone_steps::list_milestone_steps), post(milestone_steps::create_milestone_step)],
        ))
        .service(at("/v1/members", [get(members::list_members), post(members::create_member)]))
        .service(at("/v1/members/{member}", [get(members::show_member), patch(members::update_member)]))
        .service(at("/v1/members/{member}/anonymise", [post(erasures::anonymise_member)]))
        .service(at("/v1/members/{member}/erase", [post(erasures::erase_member)]))
        .service(at("/v1/members/{member}/identities", [get(identities::list_identities), post(identities::add_identity)]))
        .service(at("/v1/members/{member}/merge", [post(merges::merge_member)]))
        .service(at("/v1/members/{member}/merge-preview", [get(merges::show_merge_preview)]))
        .service(at("/v1/members/{member}/traits", [get(member_traits::list_member_traits), post(member_traits::create_member_trait)]))
        .service(at("/v1/members/{member}/unmerge", [post(merges::unmerge_member)]))
        .service(at("/v1/members/{member}/unmerge-preview", [get(merges::show_unmerge_preview)]))
        .service(at("/v1/erasures", [get(erasures::list_erasures)]))
        .service(at("/v1/erasures/{erasure}", [get(erasures::show_erasure)]))
        .service(at("/v1/erasures/{erasure}/lift", [post(erasures::lift_erasure)]))
        .service(at("/v1/identities/{identity}", [get(identities::show_identity), delete(identities::remove_identity)]))
        .service(at(
            "/v1/traits/{memberTrait}",
            [get(member_traits::show_member_trait), patch(member_traits::update_member_trait), delete(member_traits::delete_member_trait)],
        ))
        .service(at(
            "/v1/milestone-steps/{milestoneStep}",
            [
                get(milestone_steps::show_milestone_step),
                patch(milestone_steps::update_milestone_step),
                delete(milestone_steps::delete_milestone_step),
            ],
        ))
        .service(at("/v1/layers", [get(layers::list_layers), post(layers::create_layer)]))
        // Before the layers by key: no key is one of these words.
        .service(at("/v1/layers/default-set", [post(layers::create_default_layers)]))
        .service(at("/v1/layers/evaluations", [post(layers::evaluate_layers)]))
        .service(at("/v1/layers/flows", [get(layers::show_layer_flows)]))
        .service(at("/v1/layer-assignments", [get(layer_assignments::list_layer_assignments), post(layer_assignments::assign_layer)]))
        .service(at(
            "/v1/layer-assignments/{layerAssignment}",
            [
                get(layer_assignments::show_layer_assignment),
                patch(layer_assignments::update_layer_assignment),
                delete(layer_assignments::delete_layer_assignment),
            ],
        ))
        .service(at("/v1/layer-assignments/{layerAssignment}/history", [get(history::list_layer_assignment_history)]))
        .service(at("/v1/layers/{layer}", [get(layers::show_layer), patch(layers::update_layer), delete(layers::delete_layer)]))
        .service(at("/v1/layers/{layer}/history", [get(history::list_layer_history)]))
        .service(at("/v1/platforms", [get(platforms::list_platforms), post(platforms::create_platform)]))
        .service(at(
            "/v1/platforms/{platform}",
            [get(platforms::show_platform), patch(platforms::update_platform), delete(platforms::delete_platform)],
        ))
        .service(at("/v1/platforms/{platform}/history", [get(history::list_platform_history)]))
        .service(at("/v1/channels", [get(channels::list_channels), post(channels::create_channel)]))
        .service(at(
            "/v1/channels/{channel}",
            [get(channels::show_channel), patch(channels::update_channel), delete(channels::delete_channel)],
        ))
        .service(at("/v1/channels/{channel}/history", [get(history::list_channel_history)]))
        .service(at("/v1/activity-types", [get(activity_types::list_activity_types), post(activity_types::create_activity_type)]))
        .service(at(
            "/v1/activity-types/{activityType}",
            [
                get(activity_types::show_activity_type),
                patch(activity_types::update_activity_type),
                delete(activity_types::delete_activity_type),
            ],
        ))
        .service(at("/v1/activity-types/{activityType}/history", [get(history::list_activity_type_history)]))
        .service(at("/v1/community/health", [get(community_health::show_community_health)]))
        .service(at("/v1/custom-metrics", [get(custom_metrics::list_custom_metrics), post(custom_metrics::create_custom_metric)]))
        .service(at(
            "/v1/custom-metrics/{customMetric}",
            [
                get(custom_metrics::show_custom_metric),
                patch(custom_metrics::update_custom_metric),
                delete(custom_metrics::delete_custom_metric),
            ],
        ))
        .service(at("/v1/custom-metrics/{customMetric}/history", [get(history::list_custom_metric_history)]))
        .service(at("/v1/metric-readings", [get(metric_readings::list_metric_readings), post(metric_readings::push_reading)]))
        // Before the readings by id, whose address matches it too.
        .service(at("/v1/metric-readings/batch", [post(metric_readings::push_readings)]))
        .service(at(
            "/v1/metric-readings/{metricReading}",
            [get(metric_readings::show_metric_reading), delete(metric_readings::retract_reading)],
        ))
        .service(at("/v1/metric-readings/{metricReading}/revisions", [get(metric_readings::list_metric_reading_revisions)]))
        .service(at("/v1/metric-targets", [get(metric_targets::list_metric_targets), post(metric_targets::create_metric_target)]))
        .service(at(
            "/v1/metric-targets/{metricTarget}",
            [
                get(metric_targets::show_metric_target),
                patch(metric_targets::update_metric_target),
                delete(metric_targets::delete_metric_target),
            ],
        ))
        .service(at("/v1/metric-targets/{metricTarget}/history", [get(history::list_metric_target_history)]))
        .service(at("/v1/metric-definitions", [get(metric_definitions::list_metric_definitions)]))
        .service(at("/v1/metric-definitions/{metric}", [get(metric_definitions::show_metric_definition)]))
        // Before the metrics by key, whose address matches it too.
        .service(at("/v1/metrics/batch", [post(metrics::show_metrics)]))
        .service(at("/v1/metrics/{metric}", [get(metrics::show_metric)]))
        .service(at("/v1/questions", [get(questions::list_questions), post(questions::create_question)]))
        .service(at(
            "/v1/questions/{question}",
            [get(questions::show_question), patch(questions::update_question), delete(questions::delete_question)],
        ))
        .service(at("/v1/responses/batch", [post(responses::submit_responses)]))
        .service(at("/v1/surveys", [get(surveys::list_surveys), post(surveys::create_survey)]))
        .service(at("/v1/surveys/{survey}", [get(surveys::show_survey), patch(surveys::update_survey), delete(surveys::delete_survey)]))
        .service(at("/v1/teams", [get(teams::list_teams), post(teams::create_team)]))
        .service(at("/v1/teams/{team}", [get(teams::show_team), patch(teams::update_team), delete(teams::delete_team)]))
        .service(at("/v1/tokens", [get(tokens::list_tokens), post(tokens::create_token)]))
        .service(at("/v1/tokens/{token}", [get(tokens::show_token), delete(tokens::revoke_token)]))
        .service(at("/v1/tokens/{token}/history", [get(history::list_token_history)]))
        .service(at("/v1/tokens/{token}/rotations", [post(tokens::rotate_token)]))
        .service(at("/v1/waves", [get(waves::list_waves), post(waves::create_wave)]))
        .service(at("/v1/waves/{wave}", [get(waves::show_wave), patch(waves::update_wave), delete(waves::delete_wave)]))
        .service(at("/v1/workspace", [get(workspace::show_workspace), patch(workspace::update_workspace)]))
        .service(at("/v1/cycles/{cycle}/history", [get(history::list_cycle_history)]))
        .service(at("/v1/cycles/{cycle}/score", [get(scores::show_cycle_score)]))
        .service(at("/v1/cycles/{cycle}/scores", [get(scores::list_cycle_scores)]))
        .service(at("/v1/initiatives/{initiative}/history", [get(history::list_initiative_history)]))
        .service(at("/v1/key-results/{keyResult}/binding/history", [get(history::list_binding_history)]))
        .service(at("/v1/key-results/{keyResult}/history", [get(history::list_key_result_history)]))
        .service(at("/v1/key-results/{keyResult}/score", [get(scores::show_key_result_score)]))
        .service(at("/v1/members/{member}/history", [get(history::list_member_history)]))
        .service(at("/v1/milestone-steps/{milestoneStep}/history", [get(history::list_milestone_step_history)]))
        .service(at("/v1/objectives/{objective}/cascade", [get(scores::show_cascade_score)]))
        .service(at("/v1/objectives/{objective}/history", [get(history::list_objective_history)]))
        .service(at("/v1/objectives/{objective}/score", [get(scores::show_objective_score)]))
        .service(at("/v1/questions/{question}/history", [get(history::list_question_history)]))
        .service(at("/v1/surveys/{survey}/comparison", [get(survey_results::compare_waves)]))
        .service(at("/v1/surveys/{survey}/history", [get(history::list_survey_history)]))
        .service(at("/v1/surveys/{survey}/responses", [get(responses::list_responses)]))
        .service(at("/v1/surveys/{survey}/results", [get(survey_results::show_survey_results)]))
        .service(at("/v1/teams/{team}/history", [get(history::list_team_history)]))
        .service(at("/v1/teams/{team}/score", [get(scores::show_team_score)]))
        .service(at("/v1/traits/{memberTrait}/history", [get(history::list_member_trait_history)]))
        .service(at("/v1/waves/{wave}/history", [get(history::list_wave_history)]))
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
