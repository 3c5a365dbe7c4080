//! The OpenAPI document: drawn from the handlers, then completed with what every operation shares.

use actix_web::HttpResponse;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, InfoBuilder, Ref, RefOr, ResponseBuilder, Schema, ServerBuilder};
use utoipa::{Modify, OpenApi};

use crate::error_code::ErrorCode;
use crate::resources::confidence::Confidence;
use crate::resources::linkage::Linkage;
use crate::rest::problem::{PROBLEM_JSON, Problem, ProblemError};
use crate::rest::{
    check_ins, contributions, cycles, documents, history, initiatives, key_results, me, milestone_steps, objectives, scores, teams,
    workspace,
};

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
        milestone_steps::list_milestone_steps,
        milestone_steps::create_milestone_step,
        milestone_steps::show_milestone_step,
        milestone_steps::update_milestone_step,
        milestone_steps::delete_milestone_step,
        history::list_cycle_history,
        history::list_initiative_history,
        history::list_key_result_history,
        history::list_milestone_step_history,
        history::list_objective_history,
        history::list_team_history,
        history::list_workspace_history,
        scores::list_cycle_scores,
        scores::show_cascade_score,
        scores::show_cycle_score,
        scores::show_key_result_score,
        scores::show_objective_score,
        scores::show_team_score,
        teams::list_teams,
        teams::create_team,
        teams::show_team,
        teams::update_team,
        teams::delete_team,
        teams::put_team,
        workspace::show_workspace,
        workspace::update_workspace,
    ),
    components(schemas(Confidence, Linkage, Problem, ProblemError, ErrorCode)),
    tags(
        (name = "documents", description = "OKRs in and out as Markdown."),
        (name = "cycles", description = "The periods OKRs are set for; they nest, and go through their states in order."),
        (name = "me", description = "Who the token is, and what it may do."),
        (name = "objectives", description = "What teams want to achieve in a cycle, and what that supports."),
        (name = "check-ins", description = "Dated measurements of key results; corrected by revisions, never deleted."),
        (name = "initiatives", description = "Work, and the key results it contributes to."),
        (name = "key-results", description = "What is measured, from where to where and by when; and the final grade."),
        (name = "milestone-steps", description = "The weighted steps of key results of the kind `MILESTONE`."),
        (name = "history", description = "Who changed what, when, and on which request."),
        (name = "scores", description = "What OKRs are worth, now or as of an instant, each with its explanation."),
        (name = "teams", description = "The team tree; single people are teams of one."),
        (name = "workspace", description = "The tenant that everything belongs to: its name, time zone and week."),
    ),
    modifiers(&Shared)
)]
struct Document;

/// The document, as it is served and committed.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// `/openapi.json`.
pub(crate) async fn openapi() -> HttpResponse {
    HttpResponse::Ok().json(document())
}

struct Shared;

/// Refusals that may answer any operation, each declared once.
const REFUSALS: [(&str, &str, &str); 8] = [
    ("400", "Malformed", "A parameter or the body cannot be read."),
    ("401", "Unauthenticated", "No valid token."),
    ("403", "Forbidden", "The token's role may not do that."),
    ("404", "NotFound", "There is no such thing in this workspace."),
    ("406", "NotAcceptable", "None of the accepted media types can be given."),
    ("422", "Invalid", "The request can be read and makes no sense; `errors` names every broken field."),
    ("500", "Internal", "A fault of the server; the request's id finds it in the log."),
    ("503", "Unavailable", "The database cannot be reached just now; `Retry-After` says when to try again."),
];

/// Refusals of operations with a body, and of those that change something that exists.
const OF_BODIES: [(&str, &str, &str); 4] = [
    ("408", "RequestTimeout", "The body took too long to arrive."),
    ("409", "Conflict", "It does not go together with what is there already."),
    ("413", "PayloadTooLarge", "The body is too large."),
    ("415", "UnsupportedMediaType", "The body is of a media type that is not understood."),
];
const OF_CHANGES: [(&str, &str, &str); 2] = [
    ("412", "VersionConflict", "The version in `If-Match` is not the current one; `current` is."),
    ("428", "PreconditionRequired", "`If-Match` is missing."),
];
/// Changes that need no version, as a rerun of them changes nothing.
const UNVERSIONED: [&str; 2] = ["link_initiative", "unlink_initiative"];

impl Modify for Shared {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        document.info = InfoBuilder::new()
            .title("Waymark")
            .version(env!("CARGO_PKG_VERSION"))
            .description(Some("Objectives, key results, check-ins and scores: exact, explained, and the same over REST and GraphQL."))
            .license(Some(utoipa::openapi::LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
            .contact(Some(
                utoipa::openapi::ContactBuilder::new()
                    .name(Some("The Waymark maintainers"))
                    .url(Some("https://waymark.example.org"))
                    .build(),
            ))
            .build();
        document.servers = Some(vec![ServerBuilder::new().url("/").description(Some("This server")).build()]);
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A token, `wmk_…`.")).build();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
        for (_, name, description) in REFUSALS.iter().chain(&OF_BODIES).chain(&OF_CHANGES) {
            let content = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
            components
                .responses
                .insert((*name).to_owned(), ResponseBuilder::new().description(*description).content(PROBLEM_JSON, content).build().into());
        }
        components.schemas.values_mut().for_each(without_null_defaults);
        document.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>("token", [])]);
        for item in document.paths.paths.values_mut() {
            complete(item);
        }
    }
}

/// What a patch leaves out stays: the default of null that is derived for it would clear it.
fn without_null_defaults(schema: &mut RefOr<Schema>) {
    let RefOr::T(Schema::Object(object)) = schema else { return };
    for property in object.properties.values_mut() {
        let default = match property {
            RefOr::Ref(reference) => &mut reference.default,
            RefOr::T(Schema::Object(object)) => &mut object.default,
            RefOr::T(Schema::Array(array)) => &mut array.default,
            RefOr::T(Schema::OneOf(choice)) => &mut choice.default,
            RefOr::T(Schema::AllOf(whole)) => &mut whole.default,
            RefOr::T(Schema::AnyOf(choice)) => &mut choice.default,
            RefOr::T(_) => continue,
        };
        default.take_if(|default| default.is_null());
    }
}

fn complete(item: &mut PathItem) {
    let changes = [item.patch.as_mut(), item.put.as_mut(), item.delete.as_mut()];
    for operation in changes.into_iter().flatten() {
        if !operation.operation_id.as_deref().is_some_and(|name| UNVERSIONED.contains(&name)) {
            refuse(operation, &OF_CHANGES);
        }
        if operation.request_body.is_none() {
            refuse(operation, &OF_BODIES[1..2]);
        }
    }
    for operation in
        [item.get.as_mut(), item.post.as_mut(), item.put.as_mut(), item.patch.as_mut(), item.delete.as_mut()].into_iter().flatten()
    {
        refuse(operation, &REFUSALS);
        if operation.request_body.is_some() {
            refuse(operation, &OF_BODIES);
        }
        if let Some(name) = operation.operation_id.as_mut() {
            *name = camel(name);
        }
        if operation.description.is_none() {
            operation.description.clone_from(&operation.summary);
        }
    }
}

fn refuse(operation: &mut Operation, refusals: &[(&str, &str, &str)]) {
    for (status, name, _) in refusals {
        operation.responses.responses.entry((*status).to_owned()).or_insert_with(|| RefOr::Ref(Ref::from_response_name(*name)));
    }
}

/// `list_teams` as `listTeams`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}
