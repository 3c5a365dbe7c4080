//! The OpenAPI document: drawn from the handlers, then completed with what every operation shares.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use utoipa::OpenApi;

use crate::error_code::ErrorCode;
use crate::resources::confidence::Confidence;
use crate::resources::linkage::Linkage;
use crate::rest::problem::{Problem, ProblemError};
use crate::rest::{
    activity_types, bindings, channels, check_ins, community_health, contributions, cycles, documents, events, history, identities,
    initiatives, key_results, layer_assignments, layers, me, member_traits, members, merges, metric_definitions, metrics, milestone_steps,
    objectives, platforms, questions, responses, scores, survey_results, surveys, teams, tokens, waves, workspace,
};

mod bounds;
mod lists;
mod operations;
mod schemas;
#[cfg(test)]
mod tests;

use bounds::Bounds;
use operations::Operations;
use schemas::Schemas;

#[derive(OpenApi)]
#[openapi(
    paths(
        documents::import_documents,
        documents::export_cycle,
        cycles::list_cycles,
        cycles::create_cycle,
        cycles::show_cycle,
        cycles::update_cycle,
        cycles::delete_cycle,
        cycles::put_cycle,
        events::list_events,
        events::ingest_event,
        events::ingest_events,
        events::show_watermark,
        events::show_event,
        me::show_me,
        objectives::list_objectives,
        objectives::create_objective,
        objectives::show_objective,
        objectives::update_objective,
        objectives::delete_objective,
        objectives::put_objective,
        check_ins::list_check_ins,
        check_ins::record_check_in,
        check_ins::show_check_in,
        check_ins::correct_check_in,
        check_ins::list_check_in_revisions,
        check_ins::put_check_in,
        initiatives::list_initiatives,
        initiatives::create_initiative,
        initiatives::show_initiative_linkage,
        initiatives::show_initiative,
        initiatives::show_program,
        initiatives::update_initiative,
        initiatives::delete_initiative,
        initiatives::put_initiative,
        contributions::list_contributions,
        contributions::link_initiative,
        contributions::unlink_initiative,
        key_results::list_key_results,
        key_results::create_key_result,
        key_results::show_key_result,
        key_results::update_key_result,
        key_results::delete_key_result,
        key_results::put_key_result,
        key_results::grade_key_result,
        key_results::ungrade_key_result,
        members::list_members,
        members::create_member,
        members::show_member,
        members::update_member,
        members::put_member,
        identities::list_identities,
        identities::add_identity,
        identities::show_identity,
        identities::remove_identity,
        member_traits::list_member_traits,
        member_traits::create_member_trait,
        member_traits::show_member_trait,
        member_traits::update_member_trait,
        member_traits::delete_member_trait,
        merges::show_merge_preview,
        merges::merge_member,
        merges::unmerge_member,
        bindings::show_binding,
        bindings::bind_metric,
        bindings::unbind_metric,
        bindings::list_binding_readings,
        bindings::refresh_binding,
        milestone_steps::list_milestone_steps,
        milestone_steps::create_milestone_step,
        milestone_steps::show_milestone_step,
        milestone_steps::update_milestone_step,
        milestone_steps::delete_milestone_step,
        layers::list_layers,
        layers::create_layer,
        layers::create_default_layers,
        layers::evaluate_layers,
        layers::show_layer_flows,
        layers::show_layer,
        layers::update_layer,
        layers::delete_layer,
        layers::put_layer,
        layer_assignments::list_layer_assignments,
        layer_assignments::assign_layer,
        layer_assignments::show_layer_assignment,
        layer_assignments::update_layer_assignment,
        layer_assignments::delete_layer_assignment,
        platforms::list_platforms,
        platforms::create_platform,
        platforms::show_platform,
        platforms::update_platform,
        platforms::delete_platform,
        platforms::put_platform,
        channels::list_channels,
        channels::create_channel,
        channels::show_channel,
        channels::update_channel,
        channels::delete_channel,
        channels::put_channel,
        activity_types::list_activity_types,
        activity_types::create_activity_type,
        activity_types::show_activity_type,
        activity_types::update_activity_type,
        activity_types::delete_activity_type,
        activity_types::put_activity_type,
        metric_definitions::list_metric_definitions,
        metric_definitions::show_metric_definition,
        metrics::show_metric,
        metrics::show_metrics,
        community_health::show_community_health,
        history::list_activity_type_history,
        history::list_channel_history,
        history::list_cycle_history,
        history::list_initiative_history,
        history::list_binding_history,
        history::list_key_result_history,
        history::list_layer_history,
        history::list_layer_assignment_history,
        history::list_member_history,
        history::list_member_trait_history,
        history::list_milestone_step_history,
        history::list_objective_history,
        history::list_platform_history,
        history::list_question_history,
        history::list_survey_history,
        history::list_team_history,
        history::list_token_history,
        history::list_wave_history,
        history::list_workspace_history,
        questions::list_questions,
        questions::create_question,
        questions::show_question,
        questions::update_question,
        questions::delete_question,
        questions::put_question,
        responses::list_responses,
        responses::submit_responses,
        scores::list_cycle_scores,
        scores::show_cascade_score,
        scores::show_cycle_score,
        scores::show_key_result_score,
        scores::show_objective_score,
        scores::show_team_score,
        surveys::list_surveys,
        surveys::create_survey,
        surveys::show_survey,
        surveys::update_survey,
        surveys::delete_survey,
        surveys::put_survey,
        survey_results::compare_waves,
        survey_results::show_survey_results,
        teams::list_teams,
        teams::create_team,
        teams::show_team,
        teams::update_team,
        teams::delete_team,
        teams::put_team,
        tokens::list_tokens,
        tokens::create_token,
        tokens::show_token,
        tokens::rotate_token,
        tokens::revoke_token,
        waves::list_waves,
        waves::create_wave,
        waves::show_wave,
        waves::update_wave,
        waves::delete_wave,
        waves::put_wave,
        workspace::show_workspace,
        workspace::update_workspace,
    ),
    components(schemas(Confidence, Linkage, Problem, ProblemError, ErrorCode)),
    tags(
        (name = "documents", description = "OKRs in and out as Markdown."),
        (name = "cycles", description = "The periods OKRs are set for; they nest, and go through their states in order."),
        (name = "events", description = "What happened in the community, each told once under its platform's own id; taken back by retractions."),
        (name = "me", description = "Who the token is, and what it may do."),
        (name = "objectives", description = "What teams want to achieve in a cycle, and what that supports."),
        (name = "bindings", description = "Which metrics drive key results, what they tell of each window, and how key results stand by them."),
        (name = "check-ins", description = "Dated measurements of key results; corrected by revisions, never deleted."),
        (name = "initiatives", description = "Work, and the key results it contributes to."),
        (name = "key-results", description = "What is measured, from where to where and by when; and the final grade."),
        (name = "members", description = "The people of the community: their accounts, what is true of them for a time, and who turned out to be whom."),
        (name = "milestone-steps", description = "The weighted steps of key results of the kind `MILESTONE`."),
        (name = "layers", description = "How close members stand to the core of the community: who is in which layer, by hand or by rule, and who came and went."),
        (name = "platforms", description = "Where the community happens, such as a forum, a chat or a code host."),
        (name = "channels", description = "The rooms of platforms."),
        (name = "activity-types", description = "What events can say that somebody did: built in, and of the workspace's own."),
        (name = "history", description = "Who changed what, when, and on which request."),
        (name = "metrics", description = "What the community does, in exact numbers: figures over windows of days, and what each of them means."),
        (name = "questions", description = "What surveys ask, on which scale, and which metric the answers feed."),
        (name = "responses", description = "Answers to surveys: sent in batches, read by those alone who may read single answers."),
        (name = "scores", description = "What OKRs are worth, now or as of an instant, each with its explanation."),
        (name = "surveys", description = "Questions that are asked again from wave to wave, and what the answers come to."),
        (name = "teams", description = "The team tree; single people are teams of one."),
        (name = "tokens", description = "Service accounts: what opens the workspace to programs, each with a role and, where it is narrowed, scopes."),
        (name = "waves", description = "The times a survey is put to people."),
        (name = "workspace", description = "The tenant that everything belongs to: its name, time zone and week."),
    ),
    modifiers(&Schemas, &Operations, &Bounds)
)]
struct Document;

/// The document, as it is served and committed.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Drawn once: it is read with every body.
static DOCUMENT: LazyLock<utoipa::openapi::OpenApi> = LazyLock::new(document);

/// The document, for those who only look.
pub(crate) fn shared() -> &'static utoipa::openapi::OpenApi {
    &DOCUMENT
}

/// `/openapi.json`.
pub(crate) async fn openapi() -> HttpResponse {
    HttpResponse::Ok().json(shared())
}
